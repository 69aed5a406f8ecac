/** The fleet as a grid: a mirror of topology and running versions, and the view of it that a page shows. */
@NullMarked
package dev.flotilla.console.fleet;

import org.jspecify.annotations.NullMarked;
