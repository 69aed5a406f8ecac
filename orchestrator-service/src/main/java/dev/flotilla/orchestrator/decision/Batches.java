package dev.flotilla.orchestrator.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;

/** How long many machines take, so many at once: each takes the place of the first that is done. */
final class Batches {
    private Batches() {}

    /**
     * Those that begin in time, and what becomes of it.
     *
     * @param late those that may not begin any more when a place is free
     * @param last how long until the last that has begun is done
     */
    record Taken<T>(List<T> begun, List<T> late, Duration last) {}

    /**
     * Lets them begin one after the other.
     *
     * @param underWay how long each of those that have begun still takes; where they are more than there are places, some have no successor
     * @param further who follows
     * @param each how long each of them takes
     * @param places how many may go on at once; one at least
     * @param may whether one may begin so long from now
     */
    static <T> Taken<T> take(
            List<Duration> underWay, List<T> further, Duration each, int places, BiPredicate<T, Duration> may) {
        PriorityQueue<Duration> ends = new PriorityQueue<>(underWay);
        Duration last = underWay.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        while (ends.size() > places) {
            ends.remove();
        }
        List<T> begun = new ArrayList<>();
        List<T> late = new ArrayList<>();
        for (T one : further) {
            boolean room = ends.size() < places;
            Duration free = room ? Duration.ZERO : Objects.requireNonNull(ends.peek());
            if (!may.test(one, free)) {
                late.add(one);
                continue;
            }
            if (!room) {
                ends.remove();
            }
            Duration end = free.plus(each);
            ends.add(end);
            begun.add(one);
            last = end.compareTo(last) > 0 ? end : last;
        }
        return new Taken<>(begun, late, last);
    }
}
