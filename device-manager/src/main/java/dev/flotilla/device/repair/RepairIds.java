package dev.flotilla.device.repair;

import java.util.List;
import java.util.regex.Pattern;

/** Repairs are called {@code r17} outside and 17 in the database. */
final class RepairIds {
    private static final Pattern ID = Pattern.compile("r[1-9]\\d{0,17}");
    /** The number of no repair. */
    private static final long NONE = 0;

    private RepairIds() {}

    static String text(long id) {
        return "r" + id;
    }

    /** The number; that of no repair for a text that is no name of one. */
    static long number(String id) {
        return ID.matcher(id).matches() ? Long.parseLong(id.substring(1)) : NONE;
    }

    static Long[] numbers(List<String> ids) {
        return ids.stream().map(RepairIds::number).toArray(Long[]::new);
    }
}
