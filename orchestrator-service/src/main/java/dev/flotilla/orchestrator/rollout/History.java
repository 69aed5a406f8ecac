package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.api.orchestrator.HistoryEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was decided about deployments, and by whom. Entries are only ever added. */
@Repository
public class History {
    /** Who takes the steps that no person asked for. */
    static final String ITSELF = "flotilla";

    private final JdbcClient jdbc;

    History(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an entry, in the caller's transaction. */
    void add(String deployment, @Nullable String rollout, String who, String what, String reason, Instant now) {
        jdbc.sql("""
                        insert into history (deployment, rollout, at, who, what, reason)
                        values (:deployment, :rollout, :now, :who, :what, :reason)
                        """)
                .param("deployment", deployment)
                .param("rollout", rollout)
                .param("now", at(now))
                .param("who", who)
                .param("what", what)
                .param("reason", reason)
                .update();
    }

    /** The entries of a deployment after the given number, oldest first. */
    public List<HistoryEntry> of(String deployment, long after, int limit) {
        return jdbc.sql("""
                        select number, at, rollout, who, what, reason from history
                        where deployment = :deployment and number > :after order by number limit :limit
                        """)
                .param("deployment", deployment)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new HistoryEntry(
                        row.getLong("number"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("rollout"),
                        row.getString("who"),
                        row.getString("what"),
                        row.getString("reason")))
                .list();
    }
}
