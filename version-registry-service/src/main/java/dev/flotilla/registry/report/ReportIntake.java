package dev.flotilla.registry.report;

import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.registry.changes.ChangeQueue;
import dev.flotilla.registry.changes.NotDurableException;
import dev.flotilla.registry.decision.Reported;
import dev.flotilla.registry.decision.Statement;
import dev.flotilla.registry.fleet.Fleet;
import dev.flotilla.registry.fleet.KnownMachine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Takes in reports. One that says nothing new moves the machine's last-seen time in memory; the others wait until they are durable. */
@Component
public class ReportIntake {
    private static final Logger log = LoggerFactory.getLogger(ReportIntake.class);
    private static final int MOST_MACHINES = 10_000;

    private final Fleet fleet;
    private final ChangeQueue changes;
    private final ReportMetrics metrics;
    private final InstantSource clock;
    private final long timeoutMillis;

    ReportIntake(
            Fleet fleet, ChangeQueue changes, ReportMetrics metrics, InstantSource clock, ReportProperties properties) {
        this.fleet = fleet;
        this.changes = changes;
        this.metrics = metrics;
        this.clock = clock;
        this.timeoutMillis = properties.timeout().toMillis();
    }

    /** What one machine runs of one service. */
    public void take(Caller caller, String machine, String service, RunningReport report) {
        caller.requireMachine(machine);
        boolean pending = changes.isPending(machine);
        KnownMachine known = fleet.machine(machine);
        boolean changed = pending || known == null || known.lost() || !Reported.isKnown(known.service(service), report);
        if (changed) {
            ReportCheck check = new ReportCheck();
            check.machine("machine", machine);
            check.service("service", service);
            check.report("", report);
            check.finish();
            submit(List.of(new Statement.OneService(machine, service, report)));
        }
        touch(machine, clock.millis());
        metrics.single(changed);
    }

    /** All that these machines run. What is known already was checked when it was new. */
    public void take(Caller caller, ReportBatch batch) {
        List<MachineReport> machines = batch.machines();
        ReportCheck check = new ReportCheck();
        if (machines == null || machines.size() > MOST_MACHINES) {
            check.wrong(
                    "machines",
                    "must be a list of at most " + MOST_MACHINES,
                    machines == null ? null : machines.size());
            check.finish();
        }
        List<Statement> changed = new ArrayList<>();
        Set<String> names = HashSet.newHashSet(machines.size());
        for (int i = 0; i < machines.size(); i++) {
            MachineReport report = machines.get(i);
            String field = "machines[" + i + "]";
            if (report == null || report.machine() == null) {
                check.wrong(report == null ? field : field + ".machine", "must not be null", null);
                continue;
            }
            caller.requireMachine(report.machine());
            if (!names.add(report.machine())) {
                check.wrong(field + ".machine", "is in the list twice", report.machine());
            }
            if (changes.isPending(report.machine()) || !isKnown(report)) {
                check.all(field, report);
                changed.add(new Statement.WholeMachine(report.machine(), report.services()));
            }
        }
        check.finish();
        if (!changed.isEmpty()) {
            submit(changed);
        }
        long now = clock.millis();
        names.forEach(machine -> touch(machine, now));
        metrics.batch(changed.size(), machines.size() - changed.size());
    }

    private boolean isKnown(MachineReport report) {
        KnownMachine known = fleet.machine(report.machine());
        return known != null
                && !known.lost()
                && report.services() != null
                && Reported.isKnown(known, report.services());
    }

    private void submit(List<Statement> statements) {
        try {
            changes.submit(statements, timeoutMillis);
        } catch (NotDurableException e) {
            log.warn(
                    "a report of {}{} was not taken: {}",
                    statements.getFirst().machine(),
                    statements.size() > 1 ? " and " + (statements.size() - 1) + " more machines" : "",
                    e.getMessage());
            throw ProblemException.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The report could not be made durable: " + e.getMessage() + "; send it again shortly",
                    List.of());
        }
    }

    private void touch(String machine, long now) {
        KnownMachine known = fleet.machine(machine);
        if (known != null) {
            known.touch(now);
        }
    }
}
