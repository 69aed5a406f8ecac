package dev.flotilla.platform.problem;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a value must be, for people: our types have names that mean nothing to a caller. */
final class PlainWords {
    private PlainWords() {}

    static String mustBe(@Nullable Class<?> type) {
        if (type == null) {
            return "has the wrong type";
        }
        if (type.isEnum()) {
            return "must be one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long", "short", "Short", "BigInteger" -> "must be a whole number";
            case "double", "Double", "float", "Float", "BigDecimal" -> "must be a number";
            case "boolean", "Boolean" -> "must be true or false";
            case "Duration" -> "must be an ISO-8601 duration such as PT30S";
            case "Instant" -> "must be an ISO-8601 time such as 2026-01-31T12:00:00Z";
            case "LocalDateTime" -> "must be a date and time without a zone, such as 2026-12-20T18:00";
            case "String", "CharSequence" -> "must be a text";
            case "URI", "URL" -> "must be an address such as http://10.0.0.7:8084";
            default -> "must be an object, {...}" + fields(type);
        };
    }

    private static String fields(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(", ", " of ", ""))
                : "";
    }
}
