/** The life of a page: what it shows now, and the parts that are pushed to it when something changed. */
@NullMarked
package dev.flotilla.console.live;

import org.jspecify.annotations.NullMarked;
