/** The tick of a rollout: observes, decides, writes down, and sends the orders to the agents. */
@NullMarked
package dev.flotilla.orchestrator.act;

import org.jspecify.annotations.NullMarked;
