package dev.flotilla.target.declaration;

import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.Targets;
import dev.flotilla.api.upload.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Reads deployments from rows of the table of that name. */
final class DeploymentRows {
    static final String SUMMARY = "d.revision, d.service, d.version, d.sha256, d.size, d.machine_count, d.group_count,"
            + " d.options, d.declared_by, d.declared_at, d.reason, d.rollback_of";
    static final String WHOLE = SUMMARY + ", d.machines, d.group_environments, d.group_functions";

    private DeploymentRows() {}

    static String id(long revision) {
        return "d" + revision;
    }

    static long revision(String id) {
        return Long.parseLong(id.substring(1));
    }

    static DeploymentSummary summary(ResultSet row, int number) throws SQLException {
        long revision = row.getLong("revision");
        return new DeploymentSummary(
                id(revision),
                revision,
                row.getString("service"),
                row.getString("version"),
                new Payload(row.getString("sha256"), row.getLong("size")),
                row.getInt("machine_count"),
                row.getInt("group_count"),
                JsonMapper.shared()
                        .readValue(row.getString("options"), RolloutOptions.class)
                        .orDefaults(),
                row.getString("declared_by"),
                row.getObject("declared_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getString("rollback_of"));
    }

    static String json(RolloutOptions options) {
        return JsonMapper.shared().writeValueAsString(options.orDefaults());
    }

    static Deployment whole(ResultSet row, int number) throws SQLException {
        DeploymentSummary summary = summary(row, number);
        return whole(summary, new Targets(strings(row, "machines"), groups(row)));
    }

    static Deployment whole(DeploymentSummary summary, Targets targets) {
        return new Deployment(
                summary.id(),
                summary.revision(),
                summary.service(),
                summary.version(),
                summary.payload(),
                targets,
                summary.options(),
                summary.declaredBy(),
                summary.declaredAt(),
                summary.reason(),
                summary.rollbackOf());
    }

    private static List<MachineGroup> groups(ResultSet row) throws SQLException {
        List<String> environments = strings(row, "group_environments");
        List<String> functions = strings(row, "group_functions");
        return IntStream.range(0, environments.size())
                .mapToObj(i -> new MachineGroup(environments.get(i), functions.get(i)))
                .toList();
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
