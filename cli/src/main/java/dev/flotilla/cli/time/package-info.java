/** Times and durations as people type and read them, with their zone. */
@NullMarked
package dev.flotilla.cli.time;

import org.jspecify.annotations.NullMarked;
