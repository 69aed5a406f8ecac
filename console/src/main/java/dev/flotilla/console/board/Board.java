package dev.flotilla.console.board;

import dev.flotilla.console.watch.Times;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tables.
 *
 * @param id its path without the slash
 * @param troubles what could not be shown, and why
 * @param at when it was looked at, in words
 */
public record Board(String id, String title, List<Section> sections, List<String> troubles, String at) {

    /**
     * A table.
     *
     * @param none what is said where it has no rows
     * @param more what is said where there are more rows than those shown; null where there are not
     */
    public record Section(
            String title,
            List<String> headings,
            List<Row> rows,
            String none,
            @Nullable String more) {}

    /** A line of a table, a cell for each heading. */
    public record Row(List<Cell> cells) {
        static Row of(Object... cells) {
            return new Row(Arrays.stream(cells)
                    .map(cell ->
                            cell instanceof Cell made ? made : new Cell(Times.readable(String.valueOf(cell)), null))
                    .toList());
        }
    }

    /** @param href where it leads; null for nowhere */
    public record Cell(String text, @Nullable String href) {
        static Cell machine(String name) {
            return new Cell(name, "/machines/" + name);
        }
    }
}
