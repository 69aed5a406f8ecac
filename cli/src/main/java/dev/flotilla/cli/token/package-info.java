/** Tokens of the local issuer. */
@NullMarked
package dev.flotilla.cli.token;

import org.jspecify.annotations.NullMarked;
