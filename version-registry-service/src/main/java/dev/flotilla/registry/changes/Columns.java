package dev.flotilla.registry.changes;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunningService;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** Changes turned into one array for each column, as {@code unnest} takes them. */
record Columns(List<Change> rows) {
    SqlArrayValue text(Function<Change, @Nullable Object> column) {
        return array("text", change -> {
            Object value = column.apply(change);
            return value == null ? null : value.toString();
        });
    }

    /** Times; the database reads them in the form that {@link java.time.Instant#toString} gives them. */
    SqlArrayValue time(Function<Change, @Nullable Object> column) {
        return array("timestamptz", change -> {
            Object value = column.apply(change);
            return value == null ? null : value.toString();
        });
    }

    @SuppressWarnings("NullAway") // an SQL array may hold nulls
    SqlArrayValue array(String type, Function<Change, @Nullable Object> column) {
        @Nullable Object[] values = new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return new SqlArrayValue(type, values);
    }

    /** A column of the service that changed; null where the change has none. */
    static Function<Change, @Nullable Object> running(Function<RunningService, @Nullable Object> column) {
        return change -> change.running() == null ? null : column.apply(change.running());
    }

    /** A column of the order; null where the change has none. */
    static Function<Change, @Nullable Object> order(Function<OrderProgress, @Nullable Object> column) {
        return running(running -> running.order() == null ? null : column.apply(running.order()));
    }
}
