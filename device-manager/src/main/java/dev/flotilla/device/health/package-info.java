/** The health of machines: what watchdogs and people report, what the registry loses and finds, and probation after a repair. */
@NullMarked
package dev.flotilla.device.health;

import org.jspecify.annotations.NullMarked;
