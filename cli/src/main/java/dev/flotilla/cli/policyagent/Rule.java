package dev.flotilla.cli.policyagent;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import java.time.Instant;

/** How a step is answered. It may take its time: a command is run to its end. */
@FunctionalInterface
interface Rule {
    Opinion opinion(Job job, Step step, Instant now) throws InterruptedException;
}
