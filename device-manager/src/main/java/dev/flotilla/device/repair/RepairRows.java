package dev.flotilla.device.repair;

import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairDetail.Transition;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the view {@code repair_now} as they are read. */
public final class RepairRows {
    private static final TypeReference<List<Transition>> HISTORY = new TypeReference<>() {};

    private RepairRows() {}

    static Repair repair(ResultSet row, int number) throws SQLException {
        return new Repair(
                RepairIds.text(row.getLong("id")),
                row.getString("machine"),
                row.getString("environment"),
                row.getString("machine_function"),
                row.getString("fault_domain"),
                RepairKind.valueOf(row.getString("kind")),
                row.getBoolean("forced"),
                RepairState.valueOf(row.getString("state")),
                row.getString("holder"),
                row.getString("service"),
                row.getString("reason"),
                Objects.requireNonNull(instant(row, "requested_at")),
                Objects.requireNonNull(instant(row, "since")),
                instant(row, "lease_end"),
                instant(row, "ended_at"));
    }

    static List<Transition> history(ResultSet row, JsonMapper json) throws SQLException {
        return json.readValue(row.getString("history"), HISTORY);
    }

    /** A point in time; null where there is none. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
