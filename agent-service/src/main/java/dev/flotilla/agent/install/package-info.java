/** From a verified payload to something that can be started: a program file, or an unpacked bundle with its run descriptor. */
@NullMarked
package dev.flotilla.agent.install;

import org.jspecify.annotations.NullMarked;
