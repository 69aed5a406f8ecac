package dev.flotilla.policy.maintenance;

import dev.flotilla.policy.maintenance.decision.TenantState;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The state of tenants in the database. */
@Component
class MaintenanceTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    MaintenanceTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** @param version of the row; 0 where there is none yet */
    record Loaded(long version, TenantState state) {}

    Loaded load(String tenant) {
        return jdbc.sql("select version, state from maintenance_state where tenant = ?")
                .param(tenant)
                .query((row, number) ->
                        new Loaded(row.getLong("version"), json.readValue(row.getString("state"), TenantState.class)))
                .optional()
                .orElseGet(() -> new Loaded(0, TenantState.empty()));
    }

    /** The states of tenants; without those that have none yet. */
    Map<String, TenantState> states(Collection<String> tenants) {
        Map<String, TenantState> states = new HashMap<>();
        jdbc.sql("select tenant, state from maintenance_state where tenant = any(:tenants)")
                .param("tenants", tenants.toArray(String[]::new))
                .query(row -> {
                    states.put(row.getString("tenant"), json.readValue(row.getString("state"), TenantState.class));
                });
        return states;
    }

    /** Stores a state in the place of the one that was loaded. @return whether that was still there */
    boolean store(String tenant, long loaded, TenantState state, Optional<Instant> due) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("tenant", tenant);
        values.put("loaded", loaded);
        values.put("incarnation", state.incarnation());
        values.put("due", due.map(Timestamp::from).orElse(null));
        values.put("state", json.writeValueAsString(state));
        String sql = loaded == 0 ? """
                insert into maintenance_state (tenant, version, incarnation, due_at, state)
                values (:tenant, :loaded + 1, :incarnation, cast(:due as timestamptz), cast(:state as jsonb))
                on conflict do nothing
                """ : """
                update maintenance_state set version = version + 1, incarnation = :incarnation,
                    due_at = cast(:due as timestamptz), state = cast(:state as jsonb)
                where tenant = :tenant and version = :loaded
                """;
        return jdbc.sql(sql).params(values).update() == 1;
    }

    /** Tenants for which time is due to do something. */
    List<String> due(Instant now, int limit) {
        return jdbc.sql("select tenant from maintenance_state where due_at <= ? order by due_at limit ?")
                .params(Timestamp.from(now), limit)
                .query((row, number) -> row.getString("tenant"))
                .list();
    }

    /** The tenants whose state knows a job. */
    List<String> knowing(String job) {
        return jdbc.sql("""
                select tenant from maintenance_state
                where jsonb_exists(state -> 'jobs', :job) or jsonb_exists(state -> 'queue', :job)
                """)
                .param("job", job)
                .query((row, number) -> row.getString("tenant"))
                .list();
    }

    /** Notes the epoch that a job is spoken for with. @return false where a higher one was noted before */
    boolean raise(String job, long epoch, Instant now) {
        return jdbc.sql("""
                        insert into maintenance_epoch as e (job, epoch, said_at) values (:job, :epoch, :now)
                        on conflict (job) do update set epoch = excluded.epoch, said_at = excluded.said_at
                        where e.epoch <= excluded.epoch
                        """)
                        .param("job", job)
                        .param("epoch", epoch)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** Forgets the epochs of jobs that nobody has spoken for since then. */
    void forgetEpochs(Instant before) {
        jdbc.sql("delete from maintenance_epoch where said_at < :before")
                .param("before", Timestamp.from(before))
                .update();
    }

    Map<String, Long> incarnations(Collection<String> tenants) {
        return numbers("incarnation", tenants);
    }

    Map<String, Long> versions(Collection<String> tenants) {
        return numbers("version", tenants);
    }

    private Map<String, Long> numbers(String column, Collection<String> tenants) {
        return jdbc
                .sql("select tenant, " + column + " as number from maintenance_state where tenant = any(:tenants)")
                .param("tenants", tenants.toArray(String[]::new))
                .query((row, number) -> Map.entry(row.getString("tenant"), row.getLong("number")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
