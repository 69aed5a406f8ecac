/** {@code ./flotilla}: the owner's command line, and the local cluster. */
@NullMarked
package dev.flotilla.cli;

import org.jspecify.annotations.NullMarked;
