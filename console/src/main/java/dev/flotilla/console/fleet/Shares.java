package dev.flotilla.console.fleet;

import dev.flotilla.console.fleet.FleetView.Share;
import java.util.ArrayList;
import java.util.List;

/** Divides a bar of 1,000 among counts: in proportion, but nothing that exists is too thin to see. */
public final class Shares {
    private static final int WHOLE = 1000;
    private static final int THINNEST = 6;

    private Shares() {}

    /** What a bar is made of. */
    public record Part(String css, String label, int count) {}

    /** The shares of all parts that are not empty, side by side; together the whole bar. */
    public static List<Share> of(List<Part> parts) {
        List<Part> present = parts.stream().filter(part -> part.count() > 0).toList();
        long total = present.stream().mapToLong(Part::count).sum();
        if (total == 0) {
            return List.of();
        }
        int free = Math.max(0, WHOLE - THINNEST * present.size());
        List<Share> shares = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < present.size(); i++) {
            Part part = present.get(i);
            int from = THINNEST * i + (int) (free * before / total);
            before += part.count();
            int to = THINNEST * (i + 1) + (int) (free * before / total);
            shares.add(new Share(part.css(), from, to - from, part.label()));
        }
        return shares;
    }
}
