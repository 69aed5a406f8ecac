/** How fast decisions are made; see {@code docs/bench/policy}. */
@NullMarked
package dev.flotilla.policy.bench;

import org.jspecify.annotations.NullMarked;
