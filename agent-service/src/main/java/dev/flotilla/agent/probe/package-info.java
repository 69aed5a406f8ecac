/** Health probes that a bundle may ask for: a command, an HTTP request, a TCP connection. */
@NullMarked
package dev.flotilla.agent.probe;

import org.jspecify.annotations.NullMarked;
