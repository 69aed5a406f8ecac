package dev.flotilla.orchestrator.rollout;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Between rows and records. */
final class RolloutRows {
    static final String COLUMNS = """
            r.id, r.deployment, r.revision, r.service, d.version, d.sha256, d.size, d.options,
            r.environment, r.machine_function, r.machines, r.state, r.reason, r.epoch, r.waiting, r.fetching, r.switching, r.running, r.failed,
            r.excused, r.superseded, r.refusals, r.started_at, r.progressed_at, r.promoted_at, r.impact_domain, r.completed_at,
            r.open_domain, r.open_since
            """;

    private RolloutRows() {}

    static Rollout read(ResultSet row, int number) throws SQLException {
        return new Rollout(
                row.getString("id"),
                row.getString("deployment"),
                row.getLong("revision"),
                row.getString("service"),
                row.getString("version"),
                new Payload(row.getString("sha256"), row.getLong("size")),
                JsonMapper.shared()
                        .readValue(row.getString("options"), RolloutOptions.class)
                        .orDefaults(),
                row.getString("environment"),
                row.getString("machine_function"),
                names(row),
                DeploymentState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getLong("epoch"),
                counts(row),
                refusals(row),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("progressed_at").toInstant(),
                instant(row, "promoted_at"),
                row.getString("impact_domain"),
                instant(row, "completed_at"),
                open(row));
    }

    private static @Nullable OpenDomain open(ResultSet row) throws SQLException {
        String domain = row.getString("open_domain");
        Instant since = instant(row, "open_since");
        return domain == null || since == null ? null : new OpenDomain(domain, since);
    }

    private static Map<String, ClaimAnswer> refusals(ResultSet row) throws SQLException {
        return JsonMapper.shared().readValue(row.getString("refusals"), new TypeReference<>() {});
    }

    static String json(Map<String, ClaimAnswer> refusals) {
        return JsonMapper.shared().writeValueAsString(refusals);
    }

    static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getInt("waiting"),
                row.getInt("fetching"),
                row.getInt("switching"),
                row.getInt("running"),
                row.getInt("failed"),
                row.getInt("excused"),
                row.getInt("superseded"));
    }

    static @Nullable List<String> names(ResultSet row) throws SQLException {
        Array array = row.getArray("machines");
        return array == null ? null : List.of((String[]) array.getArray());
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
