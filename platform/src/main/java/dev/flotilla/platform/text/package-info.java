/** Reading text that people send, line by line, whatever it is. */
@NullMarked
package dev.flotilla.platform.text;

import org.jspecify.annotations.NullMarked;
