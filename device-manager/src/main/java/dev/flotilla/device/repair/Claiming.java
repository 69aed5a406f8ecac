package dev.flotilla.device.repair;

import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.Claims;
import dev.flotilla.api.device.RepairKind;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Grants and refuses machines: one statement, whose function {@code claim} holds the rules. */
@Component
class Claiming {
    private static final Logger log = LoggerFactory.getLogger(Claiming.class);

    private final JdbcClient jdbc;
    private final MeterRegistry metrics;
    private final Duration patience;

    Claiming(JdbcClient jdbc, MeterRegistry metrics, RepairProperties properties) {
        this.jdbc = jdbc;
        this.metrics = metrics;
        this.patience = properties.patience();
    }

    /** Claims machines for new repairs. */
    Claims claim(ClaimRequest request, String by) {
        return claim(request, by, null);
    }

    /**
     * Claims machines.
     *
     * @param existing the approved repair of the one machine, which is begun; null to make new ones
     */
    Claims claim(ClaimRequest request, String by, @Nullable Long existing) {
        List<String> machines = request.machines();
        List<Claims.Answer> answers = jdbc.sql("""
                select * from claim(:holder, :by, :kind, :forced, :service, :reason, cast(:lease as interval), :limit,
                                    cast(:patience as interval), :machines, :existing)
                order by o_number
                """)
                .param("holder", request.holder())
                .param("by", by)
                .param("kind", request.kind().name())
                .param("forced", request.forced())
                .param("service", request.service())
                .param("reason", request.reason())
                .param("lease", request.lease().toString())
                .param("limit", request.maxUnavailable())
                .param("patience", patience.toString())
                .param("machines", machines.toArray(String[]::new))
                .param("existing", existing)
                .query((row, number) -> answer(machines.get(row.getInt("o_number") - 1), row))
                .list();
        tell(request, answers);
        return new Claims(answers);
    }

    /**
     * Takes a holder out of all waiting.
     *
     * @param claimant who asks, as for {@link Leases#renew}
     */
    void withdraw(String holder, @Nullable String claimant) {
        int places = jdbc.sql("select withdraw_claims(:holder, :claimant)")
                .param("holder", holder)
                .param("claimant", claimant)
                .query(Integer.class)
                .single();
        if (places > 0) {
            log.info("{} waits for nothing more; it did for {} fault domains", holder, places);
        }
    }

    private static Claims.Answer answer(String machine, ResultSet row) throws SQLException {
        long repair = row.getLong("o_repair");
        return new Claims.Answer(
                machine,
                repair == 0 ? null : RepairIds.text(repair),
                RepairRows.instant(row, "o_lease_end"),
                row.getString("o_rule"),
                row.getString("o_reason"),
                RepairRows.instant(row, "o_until"),
                heldBy(row));
    }

    private static @Nullable RepairKind heldBy(ResultSet row) throws SQLException {
        String kind = row.getString("o_held_by");
        return kind == null ? null : RepairKind.valueOf(kind);
    }

    private void tell(ClaimRequest request, List<Claims.Answer> answers) {
        Map<String, Long> results = answers.stream()
                .collect(Collectors.groupingBy(
                        answer -> Objects.requireNonNullElse(answer.rule(), "granted"),
                        TreeMap::new,
                        Collectors.counting()));
        results.forEach((result, machines) ->
                metrics.counter("flotilla.claims", "result", result).increment(machines));
        if (results.containsKey("granted")) {
            log.info(
                    "{} claims {} machines for a {} {}: {}",
                    request.holder(),
                    answers.size(),
                    request.kind(),
                    Objects.requireNonNullElse(request.service(), ""),
                    results);
        } else {
            log.debug("{} claims {} machines in vain: {}", request.holder(), answers.size(), results);
        }
    }
}
