package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.api.orchestrator.HistoryEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was decided about deployments, and by whom. Entries are only ever added. */
@Repository
public class History {
    /** Who takes the steps that no person asked for. */
    public static final String ITSELF = "flotilla";

    /** What is written down where a rollout halts by itself. */
    public static final String HALT = "halt";

    /** What is written down where a deployment becomes complete. */
    static final String COMPLETION = "complete";

    /** The first entry of a deployment. */
    static final String DECLARATION = "declare";

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

    /**
     * Of all that was decided about a rollout the last of each kind by each who decided: about itself, about all of its deployment, or in another
     * rollout that halted by itself, which halts them all. The latest first; the declaration and the completion, which stop nothing, left
     * out.
     */
    public List<HistoryEntry> last(String deployment, String rollout) {
        return jdbc.sql("""
                        select number, at, rollout, who, what, reason from (
                            select distinct on (what, who) number, at, rollout, who, what, reason from history
                            where deployment = :deployment and (rollout is null or rollout = :rollout or what = :halt)
                                and what not in (:declaration, :completion)
                            order by what, who, number desc) last
                        order by number desc
                        """)
                .param("deployment", deployment)
                .param("rollout", rollout)
                .param("halt", HALT)
                .param("declaration", DECLARATION)
                .param("completion", COMPLETION)
                .query(History::read)
                .list();
    }

    private static HistoryEntry read(ResultSet row, int number) throws SQLException {
        return new HistoryEntry(
                row.getLong("number"),
                row.getTimestamp("at").toInstant(),
                row.getString("rollout"),
                row.getString("who"),
                row.getString("what"),
                row.getString("reason"));
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
                .query(History::read)
                .list();
    }
}
