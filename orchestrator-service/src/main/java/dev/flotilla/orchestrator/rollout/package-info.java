/** What the database knows: deployments taken in, their rollouts, the orders given, and when each rollout is looked at next. */
@NullMarked
package dev.flotilla.orchestrator.rollout;

import org.jspecify.annotations.NullMarked;
