/** The topology of the local cluster: a small fleet that shows every shape a large one has. */
@NullMarked
package dev.flotilla.device.local;

import org.jspecify.annotations.NullMarked;
