package dev.flotilla.device.repair;

import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.Claims;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairDetail;
import dev.flotilla.api.device.RepairStateChange;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings one repair from state to state, as people and repair systems do. */
@Component
class RepairSteps {
    private static final Logger log = LoggerFactory.getLogger(RepairSteps.class);
    private static final Duration LEASE = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Repairs repairs;
    private final Claiming claiming;
    private final Leases leases;

    RepairSteps(JdbcClient jdbc, TransactionTemplate transaction, Repairs repairs, Claiming claiming, Leases leases) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.repairs = repairs;
        this.claiming = claiming;
        this.leases = leases;
    }

    RepairDetail put(String id, RepairStateChange change, String by) {
        RepairDetail before = read(id);
        RepairDetail after = Objects.requireNonNull(transaction.execute(status -> {
            step(read(id).repair(), change, by);
            RepairDetail done = read(id);
            if (done.repair().state() != change.state()) {
                throw ProblemException.conflict(
                        "Repair " + id + " became " + done.repair().state() + " at the same moment: read it again.");
            }
            return done;
        }));
        log.info(
                "Repair {}, {} of {}: {} after {}, by {}: {}",
                id,
                after.repair().kind(),
                after.repair().machine(),
                change.state(),
                before.repair().state(),
                by,
                change.reason());
        return after;
    }

    RepairDetail read(String id) {
        return repairs.repair(RepairIds.number(id))
                .orElseThrow(() -> ProblemException.notFound("id", id, "There is no repair '" + id + "'."));
    }

    private void step(Repair repair, RepairStateChange change, String by) {
        if (repair.state() == change.state()) {
            return;
        }
        Transitions.check(repair.state(), change.state());
        switch (change.state()) {
            case ACTIVE -> begin(repair, change, by);
            case DONE, FAILED, CANCELLED -> end(repair, change, by);
            case REQUESTED, APPROVED, VERIFYING, EXPIRED -> record(repair, change, by);
        }
    }

    private void begin(Repair repair, RepairStateChange change, String by) {
        Duration lease = Objects.requireNonNullElse(change.lease(), LEASE);
        ClaimRequest claim = new ClaimRequest(
                repair.holder(),
                repair.kind(),
                repair.forced(),
                repair.service(),
                change.reason(),
                lease,
                null,
                List.of(repair.machine()));
        Claims.Answer answer = claiming.claim(claim, by, RepairIds.number(repair.id()))
                .answers()
                .getFirst();
        if (!answer.granted()) {
            throw ProblemException.conflict("Machine " + repair.machine() + " can't be taken now, by the rule "
                    + answer.rule() + ". " + answer.reason());
        }
        if (!repair.id().equals(answer.repair())) {
            throw ProblemException.conflict("Machine " + repair.machine() + " can't be taken now, by the rule "
                    + "active-repair. It has " + answer.repair() + " active on it, of the same holder.");
        }
    }

    private void end(Repair repair, RepairStateChange change, String by) {
        if (repair.state().live()) {
            leases.end(null, null, by, List.of(new Closing(repair.id(), change.state(), change.reason())));
        } else {
            record(repair, change, by);
        }
    }

    private void record(Repair repair, RepairStateChange change, String by) {
        jdbc.sql("select lock_groups(array [:environment], array [:function])")
                .param("environment", repair.environment())
                .param("function", repair.machineFunction())
                .query(row -> {});
        jdbc.sql("""
                update repair
                set state = :state, since = clock(), ended_at = case when :ended then clock() end,
                    history = history || step(:state, clock(), :by, :reason)
                where id = :id and state = :before and (lease_end is null or lease_end > clock())
                """)
                .param("state", change.state().name())
                .param("ended", change.state().ended())
                .param("by", by)
                .param("reason", change.reason())
                .param("id", RepairIds.number(repair.id()))
                .param("before", repair.state().name())
                .update();
    }
}
