package dev.flotilla.device.repair;

import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.Closings;
import dev.flotilla.api.device.RenewalRequest;
import dev.flotilla.api.device.Renewals;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairDetail;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.device.health.HealthProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Renews and ends what a holder has. */
@Component
class Leases {
    private final JdbcClient jdbc;
    private final Repairs repairs;
    private final HealthProperties health;
    private final MeterRegistry metrics;

    Leases(JdbcClient jdbc, Repairs repairs, HealthProperties health, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.repairs = repairs;
        this.health = health;
        this.metrics = metrics;
    }

    /** @param claimant who asks, as it stands in the history of what it has begun; null for one that may renew all */
    Renewals renew(RenewalRequest request, @Nullable String claimant) {
        Map<Long, Instant> renewed = new HashMap<>();
        jdbc.sql("select o_id, o_lease_end from renew_repairs(:holder, :claimant, :ids, cast(:lease as interval))")
                .param("holder", request.holder())
                .param("claimant", claimant)
                .param("ids", RepairIds.numbers(request.repairs()))
                .param("lease", request.lease().toString())
                .query(row -> {
                    Instant end = RepairRows.instant(row, "o_lease_end");
                    if (end != null) {
                        renewed.put(row.getLong("o_id"), end);
                    }
                });
        Map<Long, RepairDetail> now = repairs.details(RepairIds.numbers(request.repairs()));
        List<Renewals.Answer> answers = new ArrayList<>();
        for (String id : request.repairs()) {
            Instant end = renewed.get(RepairIds.number(id));
            RepairDetail detail = now.get(RepairIds.number(id));
            RepairState state = detail == null ? null : detail.repair().state();
            answers.add(new Renewals.Answer(id, end, state, end == null ? gone(id, detail, request.holder()) : null));
        }
        return new Renewals(answers);
    }

    /** @param claimant as for {@link #renew} */
    Closings close(ClosingRequest request, @Nullable String claimant, String by) {
        List<Closing> closings = request.closings();
        List<String> ids = closings.stream().map(Closing::repair).toList();
        Set<Long> ended = end(request.holder(), claimant, by, closings);
        Map<Long, RepairDetail> now = repairs.details(RepairIds.numbers(ids));
        List<Closings.Answer> answers = new ArrayList<>();
        for (Closing closing : closings) {
            RepairDetail detail = now.get(RepairIds.number(closing.repair()));
            RepairState state = detail == null ? null : detail.repair().state();
            boolean closed = ended.contains(RepairIds.number(closing.repair()))
                    || (detail != null
                            && state == closing.outcome()
                            && detail.repair().holder().equals(request.holder()));
            answers.add(new Closings.Answer(
                    closing.repair(), closed, state, closed ? null : gone(closing.repair(), detail, request.holder())));
        }
        return new Closings(answers);
    }

    /**
     * Ends live repairs.
     *
     * @param holder whose; null for whoever has them
     * @param claimant by whom they must have been begun; null for whoever began them
     * @return those that were ended
     */
    Set<Long> end(@Nullable String holder, @Nullable String claimant, String by, List<Closing> closings) {
        Set<Long> ended = new HashSet<>(jdbc.sql("""
                select * from close_repairs(:holder, :claimant, :by, :ids, :outcomes, :reasons, cast(:probation as interval))
                """)
                .param("holder", holder)
                .param("claimant", claimant)
                .param("by", by)
                .param(
                        "ids",
                        closings.stream().map(c -> RepairIds.number(c.repair())).toArray(Long[]::new))
                .param(
                        "outcomes",
                        closings.stream().map(c -> c.outcome().name()).toArray(String[]::new))
                .param("reasons", closings.stream().map(Closing::reason).toArray(String[]::new))
                .param("probation", health.probation().toString())
                .query(Long.class)
                .list());
        for (Closing closing : closings) {
            if (ended.contains(RepairIds.number(closing.repair()))) {
                metrics.counter(
                                "flotilla.repairs.ended",
                                "state",
                                closing.outcome().name())
                        .increment();
            }
        }
        return ended;
    }

    private static String begun(RepairDetail detail) {
        RepairDetail.Transition first = detail.history().getFirst();
        return first.state() == RepairState.ACTIVE
                ? "It was begun by " + first.by()
                : "It was begun for " + detail.repair().holder();
    }

    private static String gone(String id, @Nullable RepairDetail detail, String holder) {
        if (detail == null) {
            return "There is no repair '" + id + "'.";
        }
        Repair repair = detail.repair();
        if (!repair.holder().equals(holder)) {
            return "It is held by " + repair.holder() + ", not by " + holder + ".";
        }
        if (repair.state().live()) {
            return begun(detail) + ", who alone renews and closes it.";
        }
        var last = detail.history().getLast();
        return "It is " + repair.state() + " since " + last.at() + ", by " + last.by() + ": " + last.reason();
    }
}
