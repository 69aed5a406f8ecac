package dev.flotilla.console.fleet;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.console.fleet.FleetView.Cell;
import dev.flotilla.console.fleet.FleetView.Crumb;
import dev.flotilla.console.fleet.FleetView.FaultDomain;
import dev.flotilla.console.fleet.FleetView.Group;
import dev.flotilla.console.fleet.FleetView.ServiceLink;
import dev.flotilla.console.fleet.FleetView.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the view of the fleet that a scope asks for. */
@Component
public class FleetViews {
    private static final int MOST_LINES = 200;
    private static final String ALL_DOMAINS = "all";

    private final FleetMirror mirror;
    private final VersionSlots slots;
    private final FleetProperties properties;

    FleetViews(FleetMirror mirror, VersionSlots slots, FleetProperties properties) {
        this.mirror = mirror;
        this.slots = slots;
        this.properties = properties;
    }

    /**
     * The fleet now.
     *
     * @param favourite the service to show where the scope names none; null for the first by name
     */
    public FleetView view(Scope asked, @Nullable String favourite) {
        Set<String> services = new TreeSet<>(mirror.services());
        if (asked.service() != null) {
            services.add(asked.service());
        }
        String service = choose(asked.service(), favourite, services);
        Scope scope = asked.service() == null ? asked.withService(service) : asked;
        Topology topology = mirror.topology();
        List<Machine> machines =
                topology.machines().stream().filter(scope::covers).toList();
        Map<String, Slot> slotOf = service == null ? Map.of() : slots.of(service, mirror.versions(service));
        Tally tally = new Tally();
        boolean asCells = machines.size() <= properties.mostCells();
        Map<String, Map<String, List<Machine>>> grouped = byGroup(machines, asCells);
        List<Group> groups = new ArrayList<>();
        grouped.forEach((group, domains) -> {
            List<FaultDomain> faultDomains = new ArrayList<>();
            domains.forEach((domain, members) -> {
                Tally here = new Tally();
                List<Cell> cells = new ArrayList<>();
                for (Machine machine : members) {
                    Cell cell = cell(machine, service, slotOf, scope, here);
                    if (asCells) {
                        cells.add(cell);
                    }
                }
                tally.add(here);
                faultDomains.add(faultDomain(group, domain, members.size(), scope, cells, asCells ? null : here));
            });
            groups.add(group(group, domains, scope, faultDomains));
        });
        return new FleetView(
                service,
                services.stream()
                        .map(name -> new ServiceLink(
                                name,
                                name.equals(service),
                                "/" + scope.withService(name).query()))
                        .toList(),
                crumbs(scope),
                machines.size(),
                tally.legend(),
                groups,
                notice(topology, machines, scope),
                scope.query());
    }

    private static @Nullable String choose(@Nullable String asked, @Nullable String favourite, Set<String> services) {
        if (asked != null) {
            return asked;
        }
        if (favourite != null && services.contains(favourite)) {
            return favourite;
        }
        return services.isEmpty() ? null : services.iterator().next();
    }

    /** Groups and their fault domains; where those would be too many lines, all fault domains of a group as one. */
    private static Map<String, Map<String, List<Machine>>> byGroup(List<Machine> sorted, boolean asCells) {
        boolean apart = asCells
                || sorted.stream()
                                .map(machine -> Scope.groupOf(machine) + "~" + machine.faultDomain())
                                .distinct()
                                .limit(MOST_LINES + 1)
                                .count()
                        <= MOST_LINES;
        Map<String, Map<String, List<Machine>>> groups = new LinkedHashMap<>();
        for (Machine machine : sorted) {
            groups.computeIfAbsent(Scope.groupOf(machine), g -> new LinkedHashMap<>())
                    .computeIfAbsent(apart ? machine.faultDomain() : ALL_DOMAINS, d -> new ArrayList<>())
                    .add(machine);
        }
        return groups;
    }

    private Cell cell(Machine machine, @Nullable String service, Map<String, Slot> slotOf, Scope scope, Tally tally) {
        MachineStatus status = mirror.status(machine.name());
        RunningService running = FleetMirror.running(status, service);
        String version = running == null ? null : running.version();
        Slot slot = version == null ? Slot.NONE : slotOf.getOrDefault(version, Slot.OTHER);
        Mark mark = Mark.of(status, running);
        tally.count(version, slot, mark);
        String runs = version == null ? service == null ? "nothing" : "no " + service : service + " " + version;
        String label =
                machine.name() + ": " + (mark == Mark.NONE && version == null ? runs : runs + ", " + mark.words());
        return new Cell(
                machine.name(),
                "/machines/" + machine.name() + scope.query(),
                mark.css().isEmpty() ? slot.css() : slot.css() + " " + mark.css(),
                slot.letter() + mark.symbol(),
                label);
    }

    private static FaultDomain faultDomain(
            String group, String name, int machines, Scope scope, List<Cell> cells, @Nullable Tally tally) {
        List<Share> shares = tally == null ? List.of() : tally.shares();
        return new FaultDomain(
                "fd-" + group + "~" + name,
                name,
                machines,
                "/"
                        + scope.within(group, name.equals(ALL_DOMAINS) ? null : name)
                                .query(),
                cells,
                shares,
                tally == null ? "" : tally.words());
    }

    private static Group group(
            String id, Map<String, List<Machine>> domains, Scope scope, List<FaultDomain> faultDomains) {
        Machine any = domains.values().iterator().next().getFirst();
        return new Group(
                "group-" + id,
                any.environment(),
                any.machineFunction(),
                any.region(),
                faultDomains.stream().mapToInt(FaultDomain::machines).sum(),
                "/" + scope.within(id, null).query(),
                faultDomains);
    }

    private static List<Crumb> crumbs(Scope scope) {
        List<Crumb> crumbs = new ArrayList<>();
        if (scope.group() != null) {
            crumbs.add(new Crumb("all machines", "/" + scope.within(null, null).query()));
            if (scope.faultDomain() != null) {
                crumbs.add(new Crumb(
                        scope.group().replace("~", " "),
                        "/" + scope.within(scope.group(), null).query()));
            }
        }
        return crumbs;
    }

    private @Nullable String notice(Topology topology, List<Machine> shown, Scope scope) {
        if (!mirror.isTopologyRead()) {
            return "device-manager has not been read yet: the machines follow.";
        }
        if (!mirror.isRead()) {
            return "The registry has not been read yet: the versions follow.";
        }
        if (!topology.complete()) {
            return "The fleet is larger than this page follows: only its first " + properties.mostMachines()
                    + " machines, by name, are shown.";
        }
        if (shown.isEmpty()) {
            return scope.group() != null
                    ? "There is no machine here."
                    : "There is no machine yet: add machines in device-manager, or start the local cluster with ./flotilla up.";
        }
        Set<String> strangers = mirror.strangers();
        if (!strangers.isEmpty()) {
            return (strangers.size() == 1 ? "1 machine reports but is" : strangers.size() + " machines report but are")
                    + " not known to device-manager, and so not shown: "
                    + strangers.stream().limit(5).collect(Collectors.joining(", "))
                    + (strangers.size() > 5 ? " and more" : "");
        }
        return null;
    }
}
