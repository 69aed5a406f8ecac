package dev.flotilla.device.topology;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which machines are wanted; null for all. */
record MachineFilter(
        @Nullable String environment,
        @Nullable String machineFunction,
        @Nullable String faultDomain,
        @Nullable String region,
        @Nullable String tenant) {

    /** The columns that are restricted, and to what. */
    Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        put(columns, "environment", environment);
        put(columns, "machine_function", machineFunction);
        put(columns, "fault_domain", faultDomain);
        put(columns, "region", region);
        put(columns, "tenant", tenant);
        return columns;
    }

    private static void put(Map<String, String> columns, String column, @Nullable String value) {
        if (value != null) {
            columns.put(column, value);
        }
    }
}
