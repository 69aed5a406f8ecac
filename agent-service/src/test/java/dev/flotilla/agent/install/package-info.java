@NullMarked
package dev.flotilla.agent.install;

import org.jspecify.annotations.NullMarked;
