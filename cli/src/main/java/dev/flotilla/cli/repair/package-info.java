/** The machines as device-manager sees them: repairs, health, and how many of a group may be unavailable. */
@NullMarked
package dev.flotilla.cli.repair;

import org.jspecify.annotations.NullMarked;
