package dev.flotilla.cli.session;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.cli.terminal.MachineRanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with which field, in lines: what is wrong with many members of one list in the same way is told once. */
final class FieldLines {
    private static final Pattern MEMBER = Pattern.compile("(\\w+)\\[\\d+].*");
    private static final int FEW = 3;
    private static final int LONGEST = 300;

    private FieldLines() {}

    private record Same(String list, String message) {}

    static List<String> of(List<FieldError> errors) {
        Map<Object, List<FieldError>> groups = new LinkedHashMap<>();
        errors.forEach(error ->
                groups.computeIfAbsent(key(error), any -> new ArrayList<>()).add(error));
        List<String> lines = new ArrayList<>();
        groups.forEach((key, same) -> {
            if (key instanceof Same(String list, String message) && same.size() > FEW) {
                lines.add(list + ": " + message + ": " + names(same));
            } else {
                same.forEach(error -> lines.add(line(error)));
            }
        });
        return lines;
    }

    private static Object key(FieldError error) {
        Matcher member = MEMBER.matcher(error.field());
        return member.matches() && error.rejected() != null ? new Same(member.group(1), error.message()) : error;
    }

    private static String names(List<FieldError> errors) {
        String names = MachineRanges.of(errors.stream()
                .map(FieldError::rejected)
                .filter(Objects::nonNull)
                .toList());
        int cut = names.length() > LONGEST ? names.lastIndexOf(',', LONGEST) : names.length();
        return cut == names.length() ? names : names.substring(0, Math.max(cut, 0)) + ", and more";
    }

    static String line(FieldError error) {
        return error.field() + ": " + error.message()
                + (error.rejected() == null ? "" : " (was: " + error.rejected() + ")");
    }
}
