package dev.flotilla.console.board;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.Health;
import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.MachineHealth;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.console.board.Board.Cell;
import dev.flotilla.console.board.Board.Row;
import dev.flotilla.console.watch.Questions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is being done to machines, what is to be done, and which of them are not well. */
@Component
public class RepairBoard {
    private static final int MOST_ACTIVE = 5_000;
    private static final int MOST = 200;
    private static final Duration RECENT = Duration.ofDays(1);

    private final RepairApi repairs;
    private final HealthApi health;
    private final Questions questions;
    private final InstantSource clock;

    RepairBoard(RepairApi repairs, HealthApi health, Questions questions, InstantSource clock) {
        this.repairs = repairs;
        this.health = health;
        this.questions = questions;
        this.clock = clock;
    }

    /** As it is now. */
    public Board look() {
        Tables tables = new Tables(questions, "device-manager");
        underWay(tables);
        waiting(tables);
        expired(tables);
        ailing(tables);
        return tables.board("repairs", "Repairs", clock.instant());
    }

    /** Work that one holder does to machines of one fault domain. */
    private record Work(String group, String faultDomain, String kind, String state, String holder) {}

    private void underWay(Tables tables) {
        List<Repair> active = found(tables, MOST_ACTIVE, RepairState.ACTIVE, RepairState.VERIFYING);
        if (active == null) {
            return;
        }
        Map<Work, List<Repair>> works = new TreeMap<>(Comparator.comparing(Work::group)
                .thenComparing(Work::faultDomain)
                .thenComparing(Work::kind)
                .thenComparing(Work::state)
                .thenComparing(Work::holder));
        active.forEach(repair ->
                works.computeIfAbsent(work(repair), any -> new ArrayList<>()).add(repair));
        tables.add(
                "Under way",
                List.of("Group", "Fault domain", "Kind", "State", "Machines", "Holder", "Since", "Lease until", "Why"),
                List.copyOf(works.entrySet()),
                work -> row(work.getKey(), work.getValue()),
                "No machine is under repair.",
                active.size() < MOST_ACTIVE ? null : "./flotilla repairs --limit 10000");
    }

    private static Work work(Repair repair) {
        return new Work(
                group(repair), repair.faultDomain(), kind(repair), Tables.word(repair.state()), repair.holder());
    }

    private static Row row(Work work, List<Repair> of) {
        Instant since =
                of.stream().map(Repair::since).min(Comparator.naturalOrder()).orElse(null);
        Instant lease = of.stream()
                .map(Repair::leaseEnd)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return Row.of(
                work.group(),
                work.faultDomain(),
                work.kind(),
                work.state(),
                of.size() + ": " + Tables.names(of.stream().map(Repair::machine).toList()),
                work.holder(),
                Tables.at(since, ""),
                Tables.at(lease, ""),
                of.getFirst().reason());
    }

    private void waiting(Tables tables) {
        List<Repair> waiting = found(tables, MOST, RepairState.REQUESTED, RepairState.APPROVED);
        tables.add(
                "Asked for, not begun",
                List.of("Repair", "Machine", "Group", "Fault domain", "Kind", "State", "Since", "Holder", "Why"),
                waiting,
                repair -> row(repair, Tables.word(repair.state()), Tables.at(repair.since(), "")),
                "No repair waits to be approved or begun.",
                waiting == null || waiting.size() < MOST ? null : "./flotilla repairs --limit 10000");
    }

    /** What it is, how it stands, whose it is. */
    private static Row row(Repair repair, String... standing) {
        List<Object> cells = new ArrayList<>(List.of(
                repair.id(), Cell.machine(repair.machine()), group(repair), repair.faultDomain(), kind(repair)));
        cells.addAll(List.of(standing));
        cells.addAll(List.of(repair.holder(), repair.reason()));
        return Row.of(cells.toArray());
    }

    /** A reboot or repave that was never closed: nobody knows how far it came. */
    private void expired(Tables tables) {
        Instant since = clock.instant().minus(RECENT);
        List<Repair> expired = new ArrayList<>();
        for (RepairKind kind : List.of(RepairKind.REBOOT, RepairKind.REPAVE)) {
            Page<Repair> page = tables.ask(
                    "The repairs", () -> repairs.repairs(null, null, null, RepairState.EXPIRED, kind, MOST, null));
            if (page == null) {
                return;
            }
            page.items().stream()
                    .filter(repair -> repair.since().isAfter(since))
                    .forEach(expired::add);
        }
        tables.add(
                "Expired in the last day",
                List.of("Repair", "Machine", "Group", "Fault domain", "Kind", "Expired", "Holder", "Why"),
                expired,
                repair -> row(repair, Tables.at(repair.since(), "")),
                "Every reboot and repave was closed by its holder.",
                null);
    }

    private @Nullable List<Repair> found(Tables tables, int most, RepairState... states) {
        Map<String, Repair> found = new LinkedHashMap<>();
        for (RepairState state : states) {
            Page<Repair> page =
                    tables.ask("The repairs", () -> repairs.repairs(null, null, null, state, null, most, null));
            if (page == null) {
                return null;
            }
            page.items().forEach(repair -> found.put(repair.id(), repair)); // one that just stepped on is in both
        }
        return List.copyOf(found.values());
    }

    private void ailing(Tables tables) {
        List<MachineHealth> ailing = new ArrayList<>();
        boolean more = false;
        for (Health state : List.of(Health.FAILING, Health.LOST, Health.PROBATION)) {
            Page<MachineHealth> page =
                    tables.ask("The health of the machines", () -> health.healths(null, null, state, MOST, null));
            if (page == null) {
                return;
            }
            ailing.addAll(page.items());
            more |= page.nextCursor() != null;
        }
        tables.add(
                "Machines that are not healthy",
                List.of("Machine", "Group", "Fault domain", "Health", "Since", "Until", "By", "Repair", "Why"),
                ailing,
                each -> Row.of(
                        Cell.machine(each.machine()),
                        each.environment() + "/" + each.machineFunction(),
                        each.faultDomain(),
                        Tables.word(each.health()),
                        Tables.at(each.since(), ""),
                        Tables.at(each.until(), ""),
                        Objects.requireNonNullElse(each.by(), ""),
                        Objects.requireNonNullElse(each.repair(), ""),
                        Objects.requireNonNullElse(each.reason(), "")),
                "All machines are healthy.",
                more ? "./flotilla health --limit 10000" : null);
    }

    private static String group(Repair repair) {
        return repair.environment() + "/" + repair.machineFunction();
    }

    private static String kind(Repair repair) {
        return (repair.forced() ? "forced " : "")
                + Tables.word(repair.kind())
                + (repair.service() == null ? "" : " of " + repair.service());
    }
}
