package dev.flotilla.orchestrator.decision;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;

/** How long many machines take, so many at once: each takes the place of the first that is done. */
final class Batches {
    private Batches() {}

    /**
     * @param underWay how long each of those that have begun still takes; each has a place
     * @param further how many follow
     * @param each how long each of them takes
     * @param places how many may go on at once; one at least
     */
    static Duration last(List<Duration> underWay, int further, Duration each, int places) {
        PriorityQueue<Duration> ends = new PriorityQueue<>(underWay);
        Duration last = underWay.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        for (int machine = 0; machine < further; machine++) {
            Duration free = ends.size() < places ? Duration.ZERO : ends.remove();
            Duration end = free.plus(each);
            ends.add(end);
            last = end.compareTo(last) > 0 ? end : last;
        }
        return last;
    }
}
