package dev.flotilla.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in aligned columns, under a line of headings. The last column is broken into lines where it is too wide. */
public final class Table implements Text {
    private static final String GAP = "  ";
    /** In less room the last column is no easier to read for being broken. */
    private static final int NARROWEST = 16;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row: a cell for each heading. */
    public Table row(Object... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under " + rows.getFirst().size() + " headings");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(Text.plain(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    @Override
    public String in(int columns) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int last = widths.length - 1;
        int before = IntStream.range(0, last).map(i -> widths[i] + GAP.length()).sum();
        int width = columns - before < NARROWEST ? UNBROKEN : columns;
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < last; i++) {
                        line.append(row.get(i))
                                .repeat(' ', widths[i] - row.get(i).length())
                                .append(GAP);
                    }
                    return Text.wrapped(line.toString(), row.get(last), before, width);
                })
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return in(UNBROKEN);
    }
}
