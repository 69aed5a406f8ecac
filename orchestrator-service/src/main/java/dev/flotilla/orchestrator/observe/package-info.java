/** Reads the world into one immutable view of a rollout. */
@NullMarked
package dev.flotilla.orchestrator.observe;

import org.jspecify.annotations.NullMarked;
