package dev.flotilla.cli.terminal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many machine names written short, as {@code --machines} takes them: {@code m1, m4..m37}. */
public final class MachineRanges {
    /** A number without zeros in front, so that the range stands for just these names. */
    private static final Pattern NUMBERED = Pattern.compile("(|.*\\D)(0|[1-9]\\d{0,8})");

    private static final int SHORTEST = 3;

    private MachineRanges() {}

    private record Name(String prefix, int number, String whole) {
        static Name of(String name) {
            Matcher matcher = NUMBERED.matcher(name);
            return matcher.matches()
                    ? new Name(matcher.group(1), Integer.parseInt(matcher.group(2)), name)
                    : new Name(name, -1, name);
        }

        boolean followedBy(Name next) {
            return number >= 0 && next.prefix.equals(prefix) && next.number == number + 1;
        }
    }

    /** The names in their natural order, runs of three and more as ranges. */
    public static String of(Collection<String> names) {
        TreeSet<Name> sorted = new TreeSet<>(
                Comparator.comparing(Name::prefix).thenComparing(Name::number).thenComparing(Name::whole));
        names.forEach(name -> sorted.add(Name.of(name)));
        List<String> parts = new ArrayList<>();
        List<Name> run = new ArrayList<>();
        for (Name name : sorted) {
            if (!run.isEmpty() && !run.getLast().followedBy(name)) {
                end(run, parts);
            }
            run.add(name);
        }
        end(run, parts);
        return String.join(", ", parts);
    }

    private static void end(List<Name> run, List<String> parts) {
        if (run.size() >= SHORTEST) {
            parts.add(run.getFirst().whole + ".." + run.getLast().whole);
        } else {
            run.forEach(name -> parts.add(name.whole));
        }
        run.clear();
    }
}
