/** A small fleet in memory: the other services as fakes, agents behind real HTTP, and as many instances of the orchestrator as a test wants. */
@NullMarked
package dev.flotilla.orchestrator.testing;

import org.jspecify.annotations.NullMarked;
