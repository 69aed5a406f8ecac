/** Whole fleets simulated in memory, with faults, to show that the promises of the decision core hold in any order of events. */
@NullMarked
package dev.flotilla.orchestrator.decision.simulation;

import org.jspecify.annotations.NullMarked;
