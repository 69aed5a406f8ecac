package dev.flotilla.orchestrator.rollout;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What rollouts that are taken back can go back to. What is good is another version that a deployment brought that was complete in the rollout's group
 * and was not taken back itself; the last good version of a machine, or of a whole group, is the newest such one before. The version that is taken
 * back is not good, whoever brought it earlier.
 */
@Repository
public class GoodVersions {
    private static final String BEFORE = """
             from rollout t join deployment bad on bad.id = t.deployment
            join rollout r on r.service = t.service and r.environment = t.environment and r.machine_function = t.machine_function
                and r.revision < t.revision
            join deployment d on d.id = r.deployment
            """;
    private static final String GOOD = """
             where t.id = any(:ids) and d.version <> bad.version and r.completed_at is not null
                and not exists (select from rollback b where b.rollout = r.id)
            """;
    private static final String NAMED_SINCE = """
            select from rollout n join deployment nd on nd.id = n.deployment
            where n.service = t.service and n.environment = t.environment and n.machine_function = t.machine_function
                and n.revision > r.revision and n.revision < t.revision and n.machines is not null
                and nd.version <> bad.version and n.completed_at is not null
                and not exists (select from rollback b where b.rollout = n.id)
            """;
    private final JdbcClient jdbc;

    GoodVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The last good version that was declared for the whole of the group, of each of the rollouts that has one. None where some machines of the group
     * were brought to a good one of their own since then: each goes back to its own.
     */
    public Map<String, String> ofGroups(Collection<Rollout> rollouts) {
        Map<String, String> versions = new HashMap<>();
        of(
                        "select distinct on (t.id) t.id, d.version" + BEFORE + GOOD
                                + " and r.machines is null and not exists (" + NAMED_SINCE
                                + ") order by t.id, r.revision desc",
                        rollouts)
                .query(row -> {
                    versions.put(row.getString("id"), row.getString("version"));
                });
        return versions;
    }

    /** The last good version of each machine that has one, for each of the rollouts. */
    public Map<String, SortedMap<String, String>> ofMachines(Collection<Rollout> rollouts) {
        Map<String, SortedMap<String, String>> versions = new HashMap<>();
        of(
                        "select distinct on (t.id, o.machine) t.id, o.machine, d.version" + BEFORE
                                + " join machine_order o on o.rollout = r.id and o.state = 'DONE'" + GOOD
                                + " order by t.id, o.machine, r.revision desc",
                        rollouts)
                .query(row -> {
                    versions.computeIfAbsent(row.getString("id"), any -> new TreeMap<>())
                            .put(row.getString("machine"), row.getString("version"));
                });
        return versions;
    }

    private JdbcClient.StatementSpec of(String sql, Collection<Rollout> rollouts) {
        return jdbc.sql(sql).param("ids", rollouts.stream().map(Rollout::id).toArray(String[]::new));
    }
}
