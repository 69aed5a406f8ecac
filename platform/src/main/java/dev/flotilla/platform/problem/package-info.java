/** Errors as RFC 9457 problem details that say what was wrong with which field. */
@NullMarked
package dev.flotilla.platform.problem;

import org.jspecify.annotations.NullMarked;
