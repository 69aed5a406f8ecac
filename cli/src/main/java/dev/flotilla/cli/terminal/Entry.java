package dev.flotilla.cli.terminal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A heading and what is to be said of it, label by label: for what is too long for a {@link Table}. */
public final class Entry implements Text {
    /** Where the texts begin: behind two blanks, the longest label and two more. */
    private static final int INDENT = 11;

    private final List<Text> lines = new ArrayList<>();

    public Entry(String heading) {
        lines.add(columns -> Text.wrapped("", heading, 2, columns));
    }

    /** @param heading a word that is shorter than the labels are indented, and what is said of it beside it */
    public Entry(String heading, Text text) {
        lines.add(columns -> labelled(heading, text, columns));
    }

    /** Adds a line or more; none where there is nothing to say. */
    public Entry with(String label, @Nullable String text) {
        return text == null || text.isEmpty() ? this : with(label, (Text) columns -> text);
    }

    /** Adds what depends on the width. */
    public Entry with(String label, Text text) {
        lines.add(columns -> labelled("  " + label, text, columns));
        return this;
    }

    /** Which machines: on a terminal as many of their names as fit into a line or two. */
    public static Text machines(String before, Collection<String> names, String behind) {
        return columns -> {
            String all = MachineRanges.of(names);
            int room = columns == UNBROKEN ? UNBROKEN : Math.max(0, 2 * (columns - 2 * INDENT) - before.length());
            int cut = all.length() <= room ? all.length() : all.lastIndexOf(", ", room);
            return before + (cut < 0 ? "..." : cut == all.length() ? all : all.substring(0, cut) + ", ...") + behind;
        };
    }

    private static String labelled(String label, Text text, int columns) {
        String first = label + " ".repeat(Math.max(1, INDENT - label.length()));
        return Text.wrapped(first, text.in(columns), INDENT, columns);
    }

    @Override
    public String in(int columns) {
        return Text.lines(lines).in(columns);
    }

    @Override
    public String toString() {
        return in(UNBROKEN);
    }
}
