package dev.flotilla.console.fleet;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.console.fleet.FleetView.Entry;
import dev.flotilla.console.fleet.FleetView.Legend;
import dev.flotilla.console.fleet.FleetView.Share;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts machines by version and mark. */
final class Tally {
    private record Counted(Slot slot, int machines) {
        Counted plus(int more) {
            return new Counted(slot, machines + more);
        }
    }

    private final Map<String, Counted> versions = new TreeMap<>(NaturalOrder.INSTANCE.reversed());
    private final Map<Mark, Integer> marks = new EnumMap<>(Mark.class);
    private int without;

    void count(@Nullable String version, Slot slot, Mark mark) {
        if (version == null) {
            without++;
        } else {
            versions.merge(version, new Counted(slot, 1), (before, one) -> before.plus(one.machines()));
        }
        if (mark != Mark.NONE) {
            marks.merge(mark, 1, Integer::sum);
        }
    }

    void add(Tally other) {
        other.versions.forEach(
                (version, counted) -> versions.merge(version, counted, (before, more) -> before.plus(more.machines())));
        other.marks.forEach((mark, machines) -> marks.merge(mark, machines, Integer::sum));
        without += other.without;
    }

    /** Versions newest first, then those without; marks worst first. */
    Legend legend() {
        List<Entry> entries = new ArrayList<>();
        versions.forEach((version, counted) ->
                entries.add(new Entry(counted.slot().css(), counted.slot().letter(), version, counted.machines())));
        if (without > 0) {
            entries.add(new Entry(Slot.NONE.css(), Slot.NONE.letter(), "not here", without));
        }
        List<Entry> marked = new ArrayList<>();
        marks.forEach((mark, machines) ->
                marked.add(new Entry("slot sample " + mark.css(), mark.symbol(), mark.words(), machines)));
        return new Legend(entries, marked);
    }

    List<Share> shares() {
        List<Shares.Part> parts = new ArrayList<>();
        versions.forEach(
                (version, counted) -> parts.add(new Shares.Part(counted.slot().css(), version, counted.machines())));
        parts.add(new Shares.Part(Slot.NONE.css(), "not here", without));
        return Shares.of(parts);
    }

    String words() {
        List<String> words = new ArrayList<>();
        versions.forEach((version, counted) -> words.add(counted.machines() + " run " + version));
        if (without > 0) {
            words.add(without + " without");
        }
        String run = String.join(", ", words);
        String marked = marks.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().css())
                .collect(Collectors.joining(", "));
        return marked.isEmpty() ? run : run + "; " + marked;
    }
}
