package dev.flotilla.cli.policyagent;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import java.time.Instant;

/** Acknowledges once a command, which drains the machines, has ended well; tries it again while there is time. */
record CommandRule(LocalCommand drain) implements Rule {
    @Override
    public Opinion opinion(Job job, Step step, Instant now) throws InterruptedException {
        int exit = drain.run(job, step);
        return exit == 0
                ? new Opinion.Acknowledge()
                : new Opinion.NotYet("'" + drain.line() + "' exited with " + exit + "; it is run again");
    }
}
