package dev.flotilla.policy.maintenance;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceEvent;
import dev.flotilla.policy.maintenance.decision.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What happened, and which answers were taken. */
@Component
class History {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    History(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(String tenant, Outcome outcome, Instant at) {
        for (Outcome.Happened each : outcome.happened()) {
            jdbc.sql("""
                    insert into maintenance_event (tenant, job, deployment, step, what, answer, done_by, done_at, incarnation)
                    values (:tenant, :job, :deployment, cast(:step as integer), :what, :answer, :by, :at, :incarnation)
                    """)
                    .param("tenant", tenant)
                    .param("job", each.job())
                    .param("deployment", each.deployment())
                    .param(
                            "answer",
                            each.answer() == null ? null : each.answer().name())
                    .param("step", each.step())
                    .param("what", each.what())
                    .param("by", each.by())
                    .param("at", Timestamp.from(at))
                    .param("incarnation", outcome.state().incarnation())
                    .update();
        }
    }

    /** The latest first, before the given one. */
    List<MaintenanceEvent> before(String tenant, long sequence, int limit) {
        return jdbc.sql("""
                select * from maintenance_event where tenant = :tenant and sequence < :sequence order by sequence desc limit :limit
                """)
                .param("tenant", tenant)
                .param("sequence", sequence)
                .param("limit", limit)
                .query(History::event)
                .list();
    }

    /** What tenants said about a deployment that changes its course, after the given event, the oldest first. Assent is spelt out as in the index. */
    List<MaintenanceEvent> words(String deployment, long after, int limit) {
        return jdbc.sql("""
                select * from maintenance_event
                where deployment = :deployment and answer <> 'ACKNOWLEDGE' and sequence > :after order by sequence limit :limit
                """)
                .param("deployment", deployment)
                .param("after", after)
                .param("limit", limit)
                .query(History::event)
                .list();
    }

    private static MaintenanceEvent event(ResultSet row, int number) throws SQLException {
        String answer = row.getString("answer");
        return new MaintenanceEvent(
                row.getLong("sequence"),
                row.getString("tenant"),
                row.getString("job"),
                row.getObject("step", Integer.class),
                row.getString("what"),
                answer == null ? null : MaintenanceAnswers.Kind.valueOf(answer),
                row.getString("done_by"),
                row.getTimestamp("done_at").toInstant(),
                row.getLong("incarnation"));
    }

    /** Whether exactly these answers were taken before. */
    boolean wasTaken(String tenant, MaintenanceAnswers answers) {
        return jdbc.sql(
                        "select exists (select from maintenance_answer where tenant = ? and incarnation = ? and digest = ?)")
                .params(tenant, answers.incarnation(), digest(answers))
                .query(Boolean.class)
                .single();
    }

    void taken(String tenant, MaintenanceAnswers answers, String by, Instant at) {
        jdbc.sql("""
                insert into maintenance_answer (tenant, incarnation, digest, answered_by, answered_at) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """)
                .params(tenant, answers.incarnation(), digest(answers), by, Timestamp.from(at))
                .update();
    }

    private String digest(MaintenanceAnswers answers) {
        try {
            byte[] content = json.writeValueAsString(answers).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
