package dev.flotilla.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Something for people to read, laid out for the width of what it is shown on. */
@FunctionalInterface
public interface Text {
    /** For what is no terminal: no line is broken, and nothing left out, so that all of it can be searched. */
    int UNBROKEN = Integer.MAX_VALUE;

    Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    /** @param columns how long a line is at most, unless a word is longer; or {@link #UNBROKEN} */
    String in(int columns);

    /** What somebody else wrote, without anything that would move about on a terminal. */
    static String plain(String text) {
        return CONTROLS.matcher(text).replaceAll(" ");
    }

    /** Sentences, broken between words. */
    static Text of(String prose) {
        return columns ->
                prose.lines().map(line -> wrapped("", line, 0, columns)).collect(Collectors.joining("\n"));
    }

    /** One after the other, a blank line between each two. */
    static Text apart(List<? extends Text> parts) {
        return joined(parts, "\n\n");
    }

    /** Each on a line of its own. */
    static Text lines(List<? extends Text> parts) {
        return joined(parts, "\n");
    }

    private static Text joined(List<? extends Text> parts, String between) {
        return columns -> parts.stream().map(part -> part.in(columns)).collect(Collectors.joining(between));
    }

    /**
     * Words broken into lines.
     *
     * @param first what stands before them on the first line
     * @param hanging how many blanks stand before them on the others
     */
    static String wrapped(String first, String words, int hanging, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean begun = false;
        for (String word : plain(words).split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(hanging));
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString().stripTrailing());
        return String.join("\n", lines);
    }
}
