/** One machine: what runs there, how it fares, why, and what it wrote last. */
@NullMarked
package dev.flotilla.console.machine;

import org.jspecify.annotations.NullMarked;
