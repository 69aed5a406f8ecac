@NullMarked
package dev.flotilla.orchestrator.rollout;

import org.jspecify.annotations.NullMarked;
