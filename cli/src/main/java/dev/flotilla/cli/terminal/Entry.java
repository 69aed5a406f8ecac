package dev.flotilla.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A heading and what is to be said of it, label by label, in lines that fit a terminal: for what is too long for a {@link Table}. */
public final class Entry {
    /** How long a line is at most, unless a word is longer. */
    public static final int COLUMNS = 100;

    private static final int LABELS = 9;

    private final List<String> lines;

    public Entry(String heading) {
        lines = new ArrayList<>(wrapped(heading, "", "  "));
    }

    /** Adds a line or more; none where there is nothing to say. */
    public Entry with(String label, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            String first = "  " + label + " ".repeat(Math.max(1, LABELS - label.length()));
            lines.addAll(wrapped(text, first, " ".repeat(first.length())));
        }
        return this;
    }

    /** A text in lines of at most so many columns, broken between words. */
    public static String wrapped(String text) {
        return String.join("\n", wrapped(text, "", ""));
    }

    private static List<String> wrapped(String text, String first, String then) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder(lines.isEmpty() ? first : then);
            boolean begun = false;
            for (String word : paragraph.split(" ", -1)) {
                if (begun && line.length() + 1 + word.length() > COLUMNS) {
                    lines.add(line.toString().stripTrailing());
                    line = new StringBuilder(then);
                    begun = false;
                }
                line.append(begun ? " " : "").append(word);
                begun = true;
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
