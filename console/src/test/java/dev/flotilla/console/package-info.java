/** Tests of the console in a browser, against a small fleet that the tests move. */
@NullMarked
package dev.flotilla.console;

import org.jspecify.annotations.NullMarked;
