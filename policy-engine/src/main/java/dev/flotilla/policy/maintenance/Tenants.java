package dev.flotilla.policy.maintenance;

import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.policy.maintenance.decision.Terms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tenants that have said how they are asked. */
@Component
class Tenants {
    private static final Logger log = LoggerFactory.getLogger(Tenants.class);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final MaintenanceProperties properties;

    Tenants(JdbcClient jdbc, JsonMapper json, MaintenanceProperties properties) {
        this.jdbc = jdbc;
        this.json = json;
        this.properties = properties;
    }

    /** On which terms a tenant is asked. */
    Terms terms(String tenant) {
        return terms(find(tenant).orElse(null));
    }

    /** The same for many, all of them. */
    Map<String, Terms> terms(Collection<String> tenants) {
        Map<String, Terms> terms = new HashMap<>();
        tenants.forEach(tenant -> terms.put(tenant, terms((TenantSettings.Stored) null)));
        jdbc.sql("select * from tenant_settings where tenant = any(:tenants)")
                .param("tenants", tenants.toArray(String[]::new))
                .query(this::stored)
                .list()
                .forEach(stored -> terms.put(stored.tenant(), terms(stored)));
        return terms;
    }

    private Terms terms(TenantSettings.@Nullable Stored stored) {
        return Terms.of(stored == null ? null : stored.settings(), properties.expiry(), properties.shown());
    }

    TenantSettings.Stored put(String tenant, TenantSettings settings, String by, Instant at) {
        TenantSettings filled = Terms.filled(settings);
        jdbc.sql("""
                insert into tenant_settings (tenant, settings, changed_by, changed_at)
                values (:tenant, cast(:settings as jsonb), :by, :at)
                on conflict (tenant) do update set settings = excluded.settings, changed_by = excluded.changed_by,
                    changed_at = excluded.changed_at
                """)
                .param("tenant", tenant)
                .param("settings", json.writeValueAsString(filled))
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
        log.info("Tenant {} is asked {} since {} by {}: {}", tenant, filled.asking(), at, by, filled);
        return new TenantSettings.Stored(tenant, filled, by, at);
    }

    Optional<TenantSettings.Stored> find(String tenant) {
        return jdbc.sql("select * from tenant_settings where tenant = ?")
                .param(tenant)
                .query(this::stored)
                .optional();
    }

    void delete(String tenant, String by) {
        if (jdbc.sql("delete from tenant_settings where tenant = ?")
                        .param(tenant)
                        .update()
                > 0) {
            log.info("Tenant {} is asked never any more: its settings were removed by {}", tenant, by);
        }
    }

    /** @param among only those of these; null for all */
    List<TenantSettings.Stored> after(@Nullable Collection<String> among, String tenant, int limit) {
        return jdbc.sql("select * from tenant_settings where tenant > :after "
                        + (among == null ? "" : "and tenant = any(:among) ") + "order by tenant limit :limit")
                .param("after", tenant)
                .param("among", among == null ? null : among.toArray(String[]::new))
                .param("limit", limit)
                .query(this::stored)
                .list();
    }

    private TenantSettings.Stored stored(ResultSet row, int number) throws SQLException {
        return new TenantSettings.Stored(
                row.getString("tenant"),
                json.readValue(row.getString("settings"), TenantSettings.class),
                row.getString("changed_by"),
                row.getTimestamp("changed_at").toInstant());
    }
}
