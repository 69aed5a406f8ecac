/** What rollouts look at. */
@NullMarked
package dev.flotilla.orchestrator.world;

import org.jspecify.annotations.NullMarked;
