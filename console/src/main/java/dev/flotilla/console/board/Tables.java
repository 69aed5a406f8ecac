package dev.flotilla.console.board;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.console.board.Board.Row;
import dev.flotilla.console.board.Board.Section;
import dev.flotilla.console.watch.Asked;
import dev.flotilla.console.watch.Questions;
import dev.flotilla.console.watch.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers the tables of one look at a board: what a service does not answer is told instead of its rows. */
final class Tables {
    private static final int NAMES = 5;

    private final Questions questions;
    private final String service;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    Tables(Questions questions, String service) {
        this.questions = questions;
        this.service = service;
    }

    /** What the service answers; null where it does not. */
    <T> @Nullable T ask(String what, Supplier<T> question) {
        Asked<T> asked = questions.ask(service, what, question);
        if (asked.failure() != null) {
            troubles.add(asked.failure());
        }
        return asked.orNull();
    }

    /** Adds a table; nothing where there was no answer. */
    <T> void add(
            String title,
            List<String> headings,
            @Nullable List<T> items,
            Function<T, Row> row,
            String none,
            @Nullable String more) {
        if (items != null) {
            sections.add(new Section(title, headings, items.stream().map(row).toList(), none, more));
        }
    }

    Board board(String id, String title, Instant now) {
        return new Board(
                id, title, List.copyOf(sections), troubles.stream().distinct().toList(), Times.at(now));
    }

    static String at(@Nullable Instant moment, String otherwise) {
        return moment == null ? otherwise : Times.at(moment);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The first of many names, and how many more there are. */
    static String names(Collection<String> names) {
        List<String> sorted = names.stream().sorted(NaturalOrder.INSTANCE).toList();
        String first = String.join(", ", sorted.subList(0, Math.min(NAMES, sorted.size())));
        return sorted.size() > NAMES ? first + " and " + (sorted.size() - NAMES) + " more" : first;
    }
}
