/** The contract of orchestrator-service: the progress of deployments and the reason of every wait. */
@NullMarked
package dev.flotilla.api.orchestrator;

import org.jspecify.annotations.NullMarked;
