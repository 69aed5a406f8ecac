package dev.flotilla.target.declaration;

import dev.flotilla.api.target.DeploymentSummary;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Declarations under way. Upload-service hides a version before it asks who targets it, and we announce a declaration before we ask
 * whether its version is there: one of the two sees the other. An announcement ends when its deployment is stored. Where a process
 * dies before that, it stops to count by itself after a minute; a deployment is stored only during the first half of that time.
 */
@Component
class Announcements {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    Announcements(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    UUID announce(DeploymentSummary summary) {
        UUID id = UUID.randomUUID();
        jdbc.sql("delete from announcement where since < clock_timestamp() - interval '1 minute'")
                .update();
        jdbc.sql("insert into announcement (id, service, version, summary) values (:id, :service, :version, :summary)")
                .param("id", id)
                .param("service", summary.service())
                .param("version", summary.version())
                .param("summary", json.writeValueAsString(summary))
                .update();
        return id;
    }

    /** Ends an announcement; true if it was still valid. */
    boolean end(UUID id) {
        return jdbc.sql("delete from announcement where id = :id"
                        + " returning since > clock_timestamp() - interval '30 seconds'")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** What is being declared of a version this moment. */
    List<DeploymentSummary> of(String service, String version) {
        return jdbc
                .sql("select summary from announcement where service = :service and version = :version"
                        + " and since > clock_timestamp() - interval '1 minute'")
                .param("service", service)
                .param("version", version)
                .query(String.class)
                .list()
                .stream()
                .map(summary -> json.readValue(summary, DeploymentSummary.class))
                .toList();
    }
}
