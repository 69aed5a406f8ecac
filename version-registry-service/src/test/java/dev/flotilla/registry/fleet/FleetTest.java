package dev.flotilla.registry.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Fleet fleet = new Fleet();
    /** By machine and service: the plain truth to compare the fleet with. */
    private final Map<String, Map<String, RunningService>> world = new TreeMap<>();

    private final Set<String> lost = new HashSet<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyIndexAgreesWithTheWorldAfterEveryChange(long seed) {
        Random random = new Random(seed);
        for (int seq = 1; seq <= 500; seq++) {
            Change change = anyChange(random, seq);
            fleet.apply(change);
            remember(change);
            assertFleetIsTheWorld();
        }
    }

    private void assertFleetIsTheWorld() {
        assertThat(fleet.after(null, 100)).extracting(KnownMachine::name).containsExactlyElementsOf(world.keySet());
        assertThat(fleet.lost()).isEqualTo(lost.size());
        world.forEach((machine, services) -> assertThat(fleet.after(null, 100).stream()
                        .filter(known -> known.name().equals(machine))
                        .findFirst()
                        .orElseThrow()
                        .services())
                .containsExactlyElementsOf(services.values()));
        for (String service : List.of("s0", "s1", "s2")) {
            Map<String, List<RunningService>> byVersion = world.values().stream()
                    .flatMap(services -> services.values().stream())
                    .filter(running -> running.service().equals(service) && running.version() != null)
                    .collect(Collectors.groupingBy(running -> String.valueOf(running.version())));
            assertThat(fleet.versions(service))
                    .containsExactlyElementsOf(byVersion.entrySet().stream()
                            .map(entry -> count(entry.getKey(), entry.getValue()))
                            .sorted(Comparator.comparing(VersionCount::machines)
                                    .reversed()
                                    .thenComparing(VersionCount::version))
                            .toList());
            byVersion.forEach((version, running) ->
                    assertThat(fleet.machinesWith(service, version, null, 100)).containsExactlyElementsOf(running));
        }
    }

    private VersionCount count(String version, List<RunningService> running) {
        Map<RunState, Long> states =
                running.stream().collect(Collectors.groupingBy(RunningService::state, Collectors.counting()));
        long lostOnes = running.stream().filter(r -> lost.contains(r.machine())).count();
        return new VersionCount(version, running.size(), states, lostOnes);
    }

    private void remember(Change change) {
        Map<String, RunningService> services = world.computeIfAbsent(change.machine(), _ -> new TreeMap<>());
        RunningService running = change.running();
        switch (change.kind()) {
            case LOST -> lost.add(change.machine());
            case BACK -> lost.remove(change.machine());
            case SERVICE -> {
                if (running != null && Fleet.isAbsent(running)) {
                    services.remove(running.service());
                } else if (running != null) {
                    services.put(running.service(), running);
                }
            }
        }
    }

    private static Change anyChange(Random random, int seq) {
        String machine = "m" + random.nextInt(6);
        return switch (random.nextInt(8)) {
            case 0 -> new Change(seq, Change.Kind.LOST, machine, null, null, AT);
            case 1 -> new Change(seq, Change.Kind.BACK, machine, null, null, AT);
            default -> new Change(seq, Change.Kind.SERVICE, machine, anyService(random, machine), null, AT);
        };
    }

    private static RunningService anyService(Random random, String machine) {
        String service = "s" + random.nextInt(3);
        String version = random.nextInt(4) == 0 ? null : "v" + random.nextInt(3);
        RunState state = version == null
                ? random.nextBoolean() ? RunState.STOPPED : RunState.STARTING
                : RunState.values()[random.nextInt(RunState.values().length)];
        String sha256 = random.nextBoolean() ? null : "ab".repeat(32);
        return new RunningService(machine, service, version, state, sha256, random.nextInt(3), AT, null, AT);
    }
}
