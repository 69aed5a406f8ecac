package dev.flotilla.registry.changes;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of the tables {@code change} and {@code running}. */
public final class ChangeRow {
    private ChangeRow() {}

    static Change change(ResultSet row, int number) throws SQLException {
        Change.Kind kind = Change.Kind.valueOf(text(row, "kind"));
        String machine = text(row, "machine");
        Instant at = time(row, "at");
        return new Change(
                row.getLong("seq"),
                kind,
                machine,
                kind == Change.Kind.SERVICE ? running(row, machine, at) : null,
                row.getString("previous_version"),
                at);
    }

    /** A row of {@code running}. */
    public static RunningService running(ResultSet row) throws SQLException {
        return running(row, text(row, "machine"), time(row, "changed_at"));
    }

    private static RunningService running(ResultSet row, String machine, Instant changedAt) throws SQLException {
        OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
        return new RunningService(
                machine,
                text(row, "service"),
                row.getString("version"),
                RunState.valueOf(text(row, "state")),
                row.getString("sha256"),
                row.getInt("restarts"),
                since == null ? null : since.toInstant(),
                order(row),
                changedAt);
    }

    private static @Nullable OrderProgress order(ResultSet row) throws SQLException {
        String id = row.getString("order_id");
        return id == null
                ? null
                : new OrderProgress(
                        id,
                        text(row, "order_version"),
                        OrderPhase.valueOf(text(row, "order_phase")),
                        row.getString("order_reason"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column)
                .toInstant();
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
