package dev.flotilla.device.health;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.device.Health;
import dev.flotilla.api.device.HealthReport.Finding;
import dev.flotilla.api.device.MachineHealth;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.device.repair.RepairRows;
import dev.flotilla.platform.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps and tells how machines are. */
@Component
class Healths {
    /** Which machines are wanted; null for all. */
    record Filter(
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable Health health) {}

    private static final Logger log = LoggerFactory.getLogger(Healths.class);

    private final JdbcClient jdbc;
    private final HealthProperties properties;

    Healths(JdbcClient jdbc, HealthProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Up to {@code limit} machines by name, beginning after the given one. The ailing ones have an index of their own. */
    List<MachineHealth> machines(Filter filter, String after, int limit) {
        boolean ailing = filter.health() != null && filter.health() != Health.HEALTHY;
        StringBuilder sql = new StringBuilder(
                "select * from " + (ailing ? "ailing_health" : "machine_health") + " where machine > :after");
        Map<String, String> wanted = new LinkedHashMap<>();
        want(wanted, sql, "environment", filter.environment());
        want(wanted, sql, "machine_function", filter.machineFunction());
        want(
                wanted,
                sql,
                "health",
                filter.health() == null ? null : filter.health().name());
        return jdbc.sql(sql.append(" order by machine limit :limit").toString())
                .param("after", after)
                .param("limit", limit)
                .params(wanted)
                .query(Healths::health)
                .list();
    }

    /** How these machines are; those that don't exist are missing. */
    Map<String, MachineHealth> machines(List<String> names) {
        return jdbc
                .sql("select * from machine_health where machine = any(:names)")
                .param("names", names.toArray(String[]::new))
                .query(Healths::health)
                .list()
                .stream()
                .collect(Collectors.toMap(MachineHealth::machine, Function.identity()));
    }

    /** Takes the findings, all or none: 422 where a machine does not exist. */
    List<MachineHealth> report(List<Finding> findings, String by) {
        List<String> names = findings.stream().map(Finding::machine).toList();
        Map<String, MachineHealth> before = known(names);
        jdbc.sql("select report_health(:by, :machines, :healths, :reasons, cast(:probation as interval))")
                .param("by", by)
                .param("machines", names.toArray(String[]::new))
                .param("healths", findings.stream().map(f -> f.health().name()).toArray(String[]::new))
                .param("reasons", findings.stream().map(Finding::reason).toArray(String[]::new))
                .param("probation", properties.probation().toString())
                .query(row -> {});
        Map<String, MachineHealth> now = machines(names);
        findings.forEach(finding -> tell(finding, by, before.get(finding.machine()), now.get(finding.machine())));
        // One that was retired just now is left out.
        return names.stream().filter(now::containsKey).map(now::get).toList();
    }

    private static void tell(Finding finding, String by, @Nullable MachineHealth before, @Nullable MachineHealth now) {
        if (before != null && now != null && before.health() != now.health()) {
            log.info(
                    "{} is {} after {}, by the word of {}: {}",
                    finding.machine(),
                    now.health(),
                    before.health(),
                    by,
                    finding.reason());
        }
    }

    private Map<String, MachineHealth> known(List<String> names) {
        Map<String, MachineHealth> known = machines(names);
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!known.containsKey(names.get(i))) {
                errors.add(ProblemException.error("machines[" + i + "].machine", "does not exist", names.get(i)));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.unprocessable(
                    errors.size() + " of the machines don't exist; nothing was taken.", errors);
        }
        return known;
    }

    private static void want(Map<String, String> wanted, StringBuilder sql, String column, @Nullable String value) {
        if (value != null) {
            wanted.put(column, value);
            sql.append(" and ").append(column).append(" = :").append(column);
        }
    }

    private static MachineHealth health(ResultSet row, int number) throws SQLException {
        long repair = row.getLong("repair");
        return new MachineHealth(
                row.getString("machine"),
                row.getString("environment"),
                row.getString("machine_function"),
                row.getString("fault_domain"),
                Health.valueOf(row.getString("health")),
                row.getString("reason"),
                RepairRows.instant(row, "since"),
                row.getString("by"),
                RepairRows.instant(row, "until"),
                row.getInt("incarnation"),
                repair == 0 ? null : "r" + repair,
                repair == 0 ? null : RepairKind.valueOf(row.getString("repair_kind")));
    }
}
