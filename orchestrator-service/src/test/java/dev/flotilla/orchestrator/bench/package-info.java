/** How much one orchestrator carries; started by docs/bench/rollouts. */
@org.jspecify.annotations.NullMarked
package dev.flotilla.orchestrator.bench;
