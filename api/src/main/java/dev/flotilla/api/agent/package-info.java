/** The contract of agent-service: signed orders, and what a machine says of itself. */
@NullMarked
package dev.flotilla.api.agent;

import org.jspecify.annotations.NullMarked;
