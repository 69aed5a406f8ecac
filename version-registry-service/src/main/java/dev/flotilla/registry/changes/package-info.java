/** The change log: every change is decided against the log's newest state, made durable in it, and only then applied to the fleet, answered, and fed to the readers. */
@NullMarked
package dev.flotilla.registry.changes;

import org.jspecify.annotations.NullMarked;
