/** What tests of services share: a real database, tokens, and the rules of the architecture. Never used by product code. */
@NullMarked
package dev.flotilla.platform.testing;

import org.jspecify.annotations.NullMarked;
