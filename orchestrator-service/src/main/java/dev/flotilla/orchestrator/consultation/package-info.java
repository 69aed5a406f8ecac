/**
 * What a look at a rollout must ask before its decision is final, and what one process of the orchestrator remembers of the answers. Nothing here
 * calls anybody: whoever looks carries the questions out.
 */
@NullMarked
package dev.flotilla.orchestrator.consultation;

import org.jspecify.annotations.NullMarked;
