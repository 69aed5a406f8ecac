/** Who calls, and what they may do: bearer tokens, roles, the local issuer. */
@NullMarked
package dev.flotilla.platform.security;

import org.jspecify.annotations.NullMarked;
