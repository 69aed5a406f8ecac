package dev.flotilla.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Machine names written short: {@code m1..m100} stands for m1, m2 and so on to m100. Used on command lines and in tokens. */
public final class MachineNames {
    /** More names than this in one expression are refused: name environments and machine functions instead. */
    public static final int MOST = 100_000;

    private static final Pattern RANGE = Pattern.compile(
            "(?<prefix>[A-Za-z0-9._-]*?)(?<from>\\d{1,9})\\.\\.(?<prefix2>[A-Za-z0-9._-]*?)(?<to>\\d{1,9})");

    private MachineNames() {}

    /**
     * The names that the expressions stand for, each once, in the order written.
     *
     * @param expressions names or ranges; commas and white space separate several in one string
     * @throws IllegalArgumentException for a name or range that is malformed, backwards, or too long; the message says what is allowed
     */
    public static SequencedSet<String> expand(List<String> expressions) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (String expression : expressions) {
            for (String part : expression.split("[,\\s]+")) {
                if (!part.isEmpty()) {
                    names.addAll(expandOne(part));
                }
            }
        }
        return names;
    }

    private static List<String> expandOne(String part) {
        Matcher range = RANGE.matcher(part);
        if (!range.matches()) {
            if (!Names.isPlace(part)) {
                throw new IllegalArgumentException(
                        "'" + part + "' is no machine name: allowed are " + Names.PLACE_ALLOWED);
            }
            return List.of(part);
        }
        int from = Integer.parseInt(range.group("from"));
        int to = Integer.parseInt(range.group("to"));
        if (!range.group("prefix").equals(range.group("prefix2")) || from > to || to - from >= MOST) {
            throw new IllegalArgumentException(
                    "'" + part + "' is no range of machines: write it like m1..m100, the same letters on both sides, "
                            + "at most " + MOST + " machines");
        }
        List<String> names = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            names.add(range.group("prefix") + i);
        }
        return names;
    }
}
