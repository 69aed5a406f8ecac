package dev.flotilla.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Asks again and again, in a thread of its own, which machines agents are changing, by what the registry was told, and which device-manager has
 * given away; and keeps every answer in which that was so in two fault domains of one group, or on more machines than allowed.
 */
final class ServiceLooks implements AutoCloseable {
    private static final long PAUSE_MILLIS = 150;
    private static final Set<String> CHANGING = Set.of("ACCEPTED", "FETCHING", "SWITCHING");

    private final Cluster cluster;
    private final String token;
    private final Map<String, Place> places;
    private final int mostAtOnce;
    private final List<String> broken = new ArrayList<>();
    private final Thread thread;
    private volatile int looks;
    private volatile boolean over;

    ServiceLooks(Cluster cluster, String token, Map<String, Place> places, int mostAtOnce) {
        this.cluster = cluster;
        this.token = token;
        this.places = places;
        this.mostAtOnce = mostAtOnce;
        this.thread = Thread.ofPlatform().name("service-looks").start(this::run);
    }

    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /** How often it has looked; one that never did saw nothing wrong either. */
    int looks() {
        return looks;
    }

    /** The machines that agents say they are changing. */
    Set<String> changing() throws IOException, InterruptedException {
        Set<String> changing = new TreeSet<>();
        for (JsonNode machine :
                cluster.get("version-registry-service", "/v1/machines", token).path("items")) {
            for (JsonNode service : machine.path("services")) {
                if (CHANGING.contains(service.path("order").path("phase").asString(""))) {
                    changing.add(machine.path("machine").asString());
                }
            }
        }
        return changing;
    }

    private Set<String> claimed() throws IOException, InterruptedException {
        JsonNode active = cluster.get("device-manager", "/v1/repairs?state=ACTIVE&kind=DEPLOY", token);
        return StreamSupport.stream(active.path("items").spliterator(), false)
                .filter(repair -> !repair.path("forced").asBoolean())
                .map(repair -> repair.path("machine").asString())
                .collect(toCollection(TreeSet::new));
    }

    private void judge(String what, Set<String> machines) {
        Map<String, Set<String>> domains = machines.stream()
                .collect(groupingBy(
                        machine -> place(machine).group(),
                        mapping(machine -> place(machine).faultDomain(), toCollection(TreeSet::new))));
        Map<String, Set<String>> groups =
                machines.stream().collect(groupingBy(machine -> place(machine).group(), toCollection(TreeSet::new)));
        boolean ok = domains.values().stream().allMatch(of -> of.size() == 1)
                && groups.values().stream().allMatch(of -> of.size() <= mostAtOnce);
        if (!ok) {
            synchronized (this) {
                broken.add(what + " at once: " + groups + " in " + domains);
            }
        }
    }

    private Place place(String machine) {
        return Objects.requireNonNull(places.get(machine));
    }

    private void run() {
        while (!over) {
            try {
                judge("changed", changing());
                judge("claimed", claimed());
                looks++;
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException | InterruptedException | RuntimeException e) {
                synchronized (this) {
                    broken.add("a look failed: " + e);
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
