/** The addresses that people open: the page, its panels, and what they get when something is wrong. */
@NullMarked
package dev.flotilla.console.page;

import org.jspecify.annotations.NullMarked;
