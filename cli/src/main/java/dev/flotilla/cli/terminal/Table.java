package dev.flotilla.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows in aligned columns, under a line of headings. Where they are too wide the widest cells are broken into lines, between words; where even
 * that does not make them fit, each row is told heading by heading.
 */
public final class Table implements Text {
    private static final String GAP = "  ";
    /** In less room the last column, which is mostly prose, is no easier to read for being broken. */
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
        int[] widths = columns().map(i -> widest(i, false)).toArray();
        if (total(widths) > columns) {
            int[] least = columns().map(i -> widest(i, true)).toArray();
            least[least.length - 1] =
                    Math.max(least[least.length - 1], Math.min(NARROWEST, widths[widths.length - 1] / 2));
            if (total(least) > columns) {
                return rows.stream().skip(1).map(row -> told(row, columns)).collect(Collectors.joining("\n"));
            }
            shrink(widths, least, total(widths) - columns);
        }
        return rows.stream().map(row -> aligned(row, widths)).collect(Collectors.joining("\n"));
    }

    private IntStream columns() {
        return IntStream.range(0, rows.getFirst().size());
    }

    /** Of a column the longest cell, or the longest word. */
    private int widest(int column, boolean word) {
        return rows.stream()
                .map(row -> row.get(column))
                .flatMap(cell -> word ? Arrays.stream(cell.split(" ", -1)) : Arrays.stream(new String[] {cell}))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static int total(int[] widths) {
        return Arrays.stream(widths).sum() + (widths.length - 1) * GAP.length();
    }

    /** Takes so much away, from the widest that have some to give. */
    private static void shrink(int[] widths, int[] least, int excess) {
        for (int i = 0; i < excess; i++) {
            int widest = -1;
            for (int column = 0; column < widths.length; column++) {
                if (widths[column] > least[column] && (widest < 0 || widths[column] >= widths[widest])) {
                    widest = column;
                }
            }
            widths[widest]--;
        }
    }

    private static String aligned(List<String> row, int[] widths) {
        List<List<String>> cells = IntStream.range(0, widths.length)
                .mapToObj(
                        i -> Text.wrapped("", row.get(i), 0, widths[i]).lines().toList())
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, Math.max(1, height))
                .mapToObj(line -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        String part = line < cells.get(i).size() ? cells.get(i).get(line) : "";
                        text.append(part)
                                .repeat(' ', Math.max(0, widths[i] - part.length()))
                                .append(GAP);
                    }
                    return text.toString().stripTrailing();
                })
                .collect(Collectors.joining("\n"));
    }

    /** The first cell, and under it the others behind their headings, those left out that say nothing. */
    private String told(List<String> row, int columns) {
        List<String> headings = rows.getFirst();
        int indent = 2 * GAP.length()
                + headings.stream().skip(1).mapToInt(String::length).max().orElse(0);
        return columns()
                .filter(i -> i == 0 || !(row.get(i).isEmpty() || row.get(i).equals("-")))
                .mapToObj(i -> i == 0
                        ? Text.wrapped("", row.get(0), GAP.length(), columns)
                        : labelled(headings.get(i), row.get(i), indent, columns))
                .collect(Collectors.joining("\n"));
    }

    private static String labelled(String heading, String cell, int indent, int columns) {
        String label = GAP + heading.charAt(0) + heading.substring(1).toLowerCase(Locale.ROOT);
        return Text.wrapped(label + " ".repeat(indent - label.length()), cell, indent, columns);
    }

    @Override
    public String toString() {
        return in(UNBROKEN);
    }
}
