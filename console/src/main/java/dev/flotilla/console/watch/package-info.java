/** How the console keeps looking at the other services: loops, which service answers, and the signal that something changed. */
@NullMarked
package dev.flotilla.console.watch;

import org.jspecify.annotations.NullMarked;
