/** orchestrator-service: turns declared deployments into rollouts, drives them, and says how far they are and why. */
@NullMarked
package dev.flotilla.orchestrator;

import org.jspecify.annotations.NullMarked;
