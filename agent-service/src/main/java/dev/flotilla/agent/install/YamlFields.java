package dev.flotilla.agent.install;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** A YAML mapping whose fields are asked for by name and type. */
final class YamlFields {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String RESERVED = "FLOTILLA_";
    private static final int HIGHEST_COUNT = 1000;

    private final String prefix;
    private final Map<?, ?> values;

    private YamlFields(String prefix, Map<?, ?> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /** @throws InstallException where it is no mapping, or has fields other than those allowed */
    static YamlFields of(String prefix, @Nullable Object value, Set<String> allowed) throws InstallException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InstallException(RunDescriptor.FILE + ": "
                    + (prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1) + " ")
                    + "must be a mapping with the fields " + new TreeSet<>(allowed));
        }
        YamlFields fields = new YamlFields(prefix, map);
        for (Object key : map.keySet()) {
            if (!(key instanceof String name) || !allowed.contains(name)) {
                throw fields.wrong(String.valueOf(key), "is not known; allowed are " + new TreeSet<>(allowed));
            }
        }
        return fields;
    }

    InstallException wrong(String field, String message) {
        String name = field.isEmpty() && !prefix.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + field;
        return new InstallException(RunDescriptor.FILE + ": " + name + " " + message);
    }

    @Nullable
    Object get(String field) {
        return values.get(field);
    }

    @Nullable
    String string(String field) throws InstallException {
        Object value = values.get(field);
        return value == null ? null : scalar(field, value);
    }

    @Nullable
    List<String> strings(String field) throws InstallException {
        Object value = values.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(field, "must be a list");
        }
        List<String> strings = new ArrayList<>();
        for (Object item : list) {
            strings.add(scalar(field, item));
        }
        return strings;
    }

    Map<String, String> environment(String field) throws InstallException {
        Object value = values.get(field);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(field, "must be a mapping of names to values");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (!VARIABLE.matcher(name).matches() || name.startsWith(RESERVED)) {
                throw wrong(
                        field + "." + name, "must be named by letters, digits and _, and not begin with " + RESERVED);
            }
            environment.put(name, scalar(field + "." + name, entry.getValue()));
        }
        return environment;
    }

    @Nullable
    Duration duration(String field, Duration most) throws InstallException {
        String text = string(field);
        if (text == null) {
            return null;
        }
        Duration duration;
        try {
            duration = DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(field, "must be a duration like PT10S or 10s, not '" + text + "'");
        }
        if (!duration.isPositive() || duration.compareTo(most) > 0) {
            throw wrong(field, "must be more than nothing and at most " + most);
        }
        return duration;
    }

    int count(String field, int otherwise) throws InstallException {
        Object value = values.get(field);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Integer count) || count < 1 || count > HIGHEST_COUNT) {
            throw wrong(field, "must be a number from 1 to " + HIGHEST_COUNT);
        }
        return count;
    }

    private String scalar(String field, @Nullable Object value) throws InstallException {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            String text = value.toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        }
        throw wrong(field, "must be plain text (put dates and the like in quotes)");
    }
}
