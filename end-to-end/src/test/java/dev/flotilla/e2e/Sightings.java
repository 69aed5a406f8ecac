package dev.flotilla.e2e;

import static java.util.Comparator.comparingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import dev.flotilla.e2e.FleetProcesses.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks at the processes of a fleet again and again, in a thread of its own, and keeps what each machine ran, and when. */
final class Sightings implements AutoCloseable {
    private static final long PAUSE_MILLIS = 25;

    private final Path data;
    private final Map<String, List<Run>> runs = new TreeMap<>();
    private final Map<String, Double> missing = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Thread thread;
    private Set<Set<Long>> doubled = Set.of();
    private volatile boolean over;

    /**
     * One process of a machine. Times are in seconds since the host was booted.
     *
     * @param goneBy when the process before it had ended, at the latest
     * @param since when this one began
     */
    record Run(String machine, long pid, String version, double goneBy, double since) {}

    Sightings(Path data) throws IOException {
        this.data = data;
        look();
        this.thread = Thread.ofPlatform().name("sightings").start(this::run);
    }

    /** What each machine ran, in turn. */
    synchronized Map<String, List<Run>> runs() {
        return runs.entrySet().stream().collect(toMap(Map.Entry::getKey, machine -> List.copyOf(machine.getValue())));
    }

    /** Whatever began on any machine after what ran there at first; in the order in which it began. */
    List<Run> changes() {
        return runs().values().stream()
                .flatMap(machine -> machine.stream().skip(1))
                .sorted(comparingDouble(Run::since))
                .toList();
    }

    /** Machines that run the version, or ran it last. */
    Set<String> at(String version) {
        return runs().values().stream()
                .map(List::getLast)
                .filter(run -> run.version().equals(version))
                .map(Run::machine)
                .collect(toCollection(TreeSet::new));
    }

    /** What must not be: two processes of one machine at once; or a look that failed. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    private void look() throws IOException {
        List<Started> found = FleetProcesses.of(data);
        take(found.stream().collect(groupingBy(Started::machine)), FleetProcesses.now());
    }

    private synchronized void take(Map<String, List<Started>> found, double now) {
        Set<Set<Long>> twice = new HashSet<>();
        for (List<Started> processes : found.values()) {
            Started latest =
                    processes.stream().max(comparingDouble(Started::since)).orElseThrow();
            if (processes.size() > 1) {
                Set<Long> pids = processes.stream().map(Started::pid).collect(toCollection(TreeSet::new));
                twice.add(pids);
                if (doubled.contains(pids)) { // one look can see the end of one and the beginning of the next
                    faults.add("more than one at once: " + processes);
                }
            }
            List<Run> before = runs.computeIfAbsent(latest.machine(), machine -> new ArrayList<>());
            Double missed = missing.remove(latest.machine());
            if (before.isEmpty() || before.getLast().pid() != latest.pid()) {
                double goneBy = missed == null ? latest.since() : Math.min(missed, latest.since());
                before.add(new Run(latest.machine(), latest.pid(), latest.version(), goneBy, latest.since()));
            }
        }
        doubled = twice;
        runs.keySet().stream()
                .filter(machine -> !found.containsKey(machine))
                .forEach(machine -> missing.putIfAbsent(machine, now));
    }

    private void run() {
        while (!over) {
            try {
                look();
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException | InterruptedException | RuntimeException e) {
                synchronized (this) {
                    faults.add("a look failed: " + e);
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
