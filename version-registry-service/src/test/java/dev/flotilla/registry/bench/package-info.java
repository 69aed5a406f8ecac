/** The registry's benchmark: how many reports it takes, and how fast it answers. Run by {@code docs/bench/registry}. */
@NullMarked
package dev.flotilla.registry.bench;

import org.jspecify.annotations.NullMarked;
