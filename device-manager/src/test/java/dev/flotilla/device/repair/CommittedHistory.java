package dev.flotilla.device.repair;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Goes through all repairs of prod/web as they were committed, from one begin or end to the next, and says where a promise was broken. */
final class CommittedHistory {
    private record Work(long id, String machine, String domain, boolean forced, Instant from, Instant to) {}

    private record Event(Instant at, boolean begins, Work work) {}

    private CommittedHistory() {}

    /**
     * The breaches, in words.
     *
     * @param broken the machines that were broken all the time
     * @param limit how many might be unavailable
     */
    static List<String> breaches(JdbcClient jdbc, Set<String> broken, int limit) {
        List<Event> events = new ArrayList<>();
        for (Work work : works(jdbc)) {
            events.add(new Event(work.from(), true, work));
            events.add(new Event(work.to(), false, work));
        }
        // What ends makes room for what begins at the same time.
        events.sort(Comparator.comparing(Event::at).thenComparing(Event::begins));
        List<String> breaches = new ArrayList<>();
        Map<String, Work> active = new HashMap<>();
        for (Event event : events) {
            Work work = event.work();
            if (!event.begins()) {
                active.remove(work.machine(), work);
                continue;
            }
            if (active.put(work.machine(), work) != null) {
                breaches.add("two repairs of " + work.machine() + " at " + event.at());
            }
            Set<String> domains = new TreeSet<>();
            active.values().stream().filter(w -> !w.forced()).forEach(w -> domains.add(w.domain()));
            if (!work.forced() && domains.size() > 1) {
                breaches.add("elective work in " + domains + " at " + event.at());
            }
            Set<String> unavailable = new HashSet<>(broken);
            unavailable.addAll(active.keySet());
            if (unavailable.size() > limit && !(work.forced() && broken.contains(work.machine()))) {
                breaches.add(unavailable.size() + " machines unavailable at " + event.at());
            }
        }
        return breaches;
    }

    private static List<Work> works(JdbcClient jdbc) {
        return jdbc.sql("""
                select id, machine, fault_domain, forced, (history -> 0 ->> 'at')::timestamptz as began,
                       coalesce(ended_at, lease_end) as ended
                from repair
                """)
                .query((row, number) -> new Work(
                        row.getLong("id"),
                        row.getString("machine"),
                        row.getString("fault_domain"),
                        row.getBoolean("forced"),
                        row.getObject("began", OffsetDateTime.class).toInstant(),
                        row.getObject("ended", OffsetDateTime.class).toInstant()))
                .list();
    }
}
