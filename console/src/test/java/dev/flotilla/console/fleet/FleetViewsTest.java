package dev.flotilla.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.console.fleet.FleetView.Cell;
import dev.flotilla.console.fleet.FleetView.Entry;
import dev.flotilla.console.fleet.FleetView.FaultDomain;
import dev.flotilla.console.fleet.FleetView.Group;
import dev.flotilla.console.watch.ChangeSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetViewsTest {
    private static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");

    private final ChangeSignal signal = new ChangeSignal();
    private final FleetMirror mirror = new FleetMirror(signal);

    private FleetViews views(int mostCells) {
        return new FleetViews(
                mirror,
                new VersionSlots(),
                new FleetProperties(mostCells, 200_000, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ZERO));
    }

    private static Machine machine(String name, String environment, String domain) {
        return new Machine(name, environment, "web", domain, "east", "http://127.0.0.1:8084");
    }

    private static MachineStatus status(String machine, boolean lost, RunningService... services) {
        return new MachineStatus(machine, THEN, lost, List.of(services));
    }

    private static RunningService hello(
            String machine, @Nullable String version, RunState state, @Nullable OrderPhase phase) {
        OrderProgress order = phase == null ? null : new OrderProgress("o1", "2", phase, null);
        return new RunningService(machine, "hello", version, state, null, 0, null, order, THEN);
    }

    private static List<Cell> cells(FleetView view) {
        return view.groups().stream()
                .flatMap(group -> group.faultDomains().stream())
                .flatMap(domain -> domain.cells().stream())
                .toList();
    }

    @Test
    void machinesStandInTheirGroupsAndFaultDomainsInNaturalOrder() {
        mirror.topology(Topology.of(
                List.of(
                        machine("m10", "prod", "fd1"),
                        machine("m2", "prod", "fd1"),
                        machine("m3", "prod", "fd10"),
                        machine("m4", "prod", "fd2"),
                        machine("m1", "lab", "fd1")),
                true));

        FleetView view = views(100).view(Scope.ALL, null);

        assertThat(view.groups()).extracting(Group::environment).containsExactly("lab", "prod");
        assertThat(view.groups().getLast().faultDomains())
                .extracting(FaultDomain::name)
                .containsExactly("fd1", "fd2", "fd10");
        assertThat(cells(view)).extracting(Cell::machine).containsExactly("m1", "m2", "m10", "m4", "m3");
        assertThat(view.machines()).isEqualTo(5);
    }

    @Test
    void eachKindOfMachineIsMarkedAndCounted() {
        mirror.topology(Topology.of(
                IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> machine("m" + i, "prod", "fd1"))
                        .toList(),
                true));
        mirror.replaceStatuses(List.of(
                status("m1", false, hello("m1", "2", RunState.RUNNING, OrderPhase.DONE)),
                status("m2", true, hello("m2", "1", RunState.CRASHED, null)),
                status("m3", false, hello("m3", "1", RunState.CRASHED, OrderPhase.FAILED)),
                status("m4", false, hello("m4", "1", RunState.RUNNING, OrderPhase.FAILED)),
                status("m5", false, hello("m5", "1", RunState.RUNNING, OrderPhase.FETCHING)),
                status("m6", false),
                status("m7", false, hello("m7", null, RunState.STOPPED, OrderPhase.ACCEPTED)),
                status("m9", false, hello("m9", "1", RunState.RUNNING, OrderPhase.FETCHED))));

        FleetView view = views(100).view(Scope.ALL, null);

        assertThat(view.service()).isEqualTo("hello");
        assertThat(cells(view))
                .extracting(Cell::label)
                .containsExactly(
                        "m1: hello 2, running",
                        "m2: hello 1, lost: not heard of for three intervals",
                        "m3: hello 1, crashed",
                        "m4: hello 1, last order failed",
                        "m5: hello 1, changing",
                        "m6: no hello",
                        "m7: no hello, changing",
                        "m8: no hello, never reported",
                        "m9: hello 1, new version fetched, waits for a fresh order");
        assertThat(view.legend().versions())
                .extracting(Entry::name, Entry::machines)
                .containsExactly(tuple("2", 1), tuple("1", 5), tuple("not here", 3));
        assertThat(view.legend().marks()).extracting(Entry::machines).containsExactly(1, 1, 1, 2, 1, 1);
    }

    @Test
    void aLargeFleetIsShownAsSharesAndASmallPartOfItAsCells() {
        List<Machine> machines = new ArrayList<>();
        List<MachineStatus> statuses = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String name = "m" + i;
            machines.add(machine(name, "prod-" + i % 10, "fd" + i / 10 % 5));
            statuses.add(status(
                    name,
                    false,
                    hello(name, i % 100 == 0 ? "2" : "1", i == 17 ? RunState.CRASHED : RunState.RUNNING, null)));
        }
        mirror.topology(Topology.of(machines, true));
        mirror.replaceStatuses(statuses);

        FleetView all = views(2000).view(Scope.ALL, null);
        assertThat(cells(all)).isEmpty();
        assertThat(all.groups()).hasSize(10);
        assertThat(all.groups().get(7).faultDomains().get(1).summary()).isEqualTo("200 run 1; 1 crashed");
        assertThat(all.legend().versions()).extracting(Entry::machines).containsExactly(100, 9_900);

        FleetView group = views(2000).view(new Scope("hello", "prod-3~web", null), null);
        assertThat(cells(group)).hasSize(1000);
        assertThat(group.crumbs()).extracting(FleetView.Crumb::href).containsExactly("/?service=hello");

        FleetView domain = views(2000).view(new Scope("hello", "prod-3~web", "fd2"), null);
        assertThat(cells(domain)).hasSize(200);
        assertThat(domain.query()).isEqualTo("?service=hello&group=prod-3%7Eweb&fd=fd2");
    }

    @Test
    void manyGroupsAreOneLineEach() {
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            machines.add(machine("m" + i, "prod-" + i % 100, "fd" + i % 7));
        }
        mirror.topology(Topology.of(machines, true));
        FleetView view = views(2000).view(Scope.ALL, null);
        assertThat(view.groups())
                .hasSize(100)
                .allSatisfy(group -> assertThat(group.faultDomains())
                        .singleElement()
                        .satisfies(all -> assertThat(all.href()).isEqualTo(group.href())));
    }

    @Test
    void changesAreTakenInAndTold() {
        mirror.topology(Topology.of(List.of(machine("m1", "prod", "fd1")), true));
        mirror.replaceStatuses(List.of(status("m1", false, hello("m1", "1", RunState.RUNNING, null))));
        FleetView before = views(100).view(Scope.ALL, null);
        long number = signal.number();

        mirror.apply(List.of(
                new Change(1, Change.Kind.LOST, "m1", null, null, THEN),
                new Change(2, Change.Kind.BACK, "m1", null, null, THEN)));
        assertThat(views(100).view(Scope.ALL, null)).isEqualTo(before);
        mirror.apply(
                List.of(new Change(3, Change.Kind.SERVICE, "m1", hello("m1", "2", RunState.RUNNING, null), "1", THEN)));

        assertThat(signal.number()).isGreaterThan(number);
        assertThat(cells(views(100).view(Scope.ALL, null)).getFirst().label()).isEqualTo("m1: hello 2, running");
    }

    @Test
    void whatIsNotKnownYetIsToldFromWhatIsNotThere() {
        assertThat(views(100).view(Scope.ALL, null).notice()).contains("device-manager has not been read yet");
        mirror.topology(Topology.of(List.of(), true));
        assertThat(views(100).view(Scope.ALL, null).notice()).contains("The registry has not been read yet");
        mirror.replaceStatuses(List.of());
        assertThat(views(100).view(Scope.ALL, null).notice()).contains("There is no machine yet");
    }

    @Test
    void machinesThatNobodyKnowsAreNamed() {
        mirror.topology(Topology.of(List.of(machine("m1", "prod", "fd1")), true));
        mirror.replaceStatuses(List.of(status("m1", false), status("stray", false)));
        assertThat(views(100).view(Scope.ALL, null).notice()).contains("1 machine reports but is not known", "stray");
    }

    @Test
    void theFavouriteServiceIsShownUnlessAnotherIsAskedFor() {
        mirror.topology(Topology.of(List.of(machine("m1", "prod", "fd1")), true));
        RunningService proxy = new RunningService("m1", "proxy", "9", RunState.RUNNING, null, 0, null, null, THEN);
        mirror.replaceStatuses(List.of(status("m1", false, hello("m1", "1", RunState.RUNNING, null), proxy)));
        assertThat(views(100).view(Scope.ALL, "proxy").service()).isEqualTo("proxy");
        assertThat(views(100).view(Scope.ALL, "unknown").service()).isEqualTo("hello");
        assertThat(views(100).view(new Scope("hello", null, null), "proxy").service())
                .isEqualTo("hello");
    }
}
