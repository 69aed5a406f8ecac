package dev.flotilla.cli.repair;

import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairDetail;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Repairs for people. */
final class RepairViews {
    private RepairViews() {}

    static Table table(List<Repair> repairs) {
        Moments moments = new Moments(InstantSource.system().instant());
        Table table = new Table(
                "REPAIR", "MACHINE", "GROUP", "FAULT DOMAIN", "KIND", "STATE", "SINCE", "LEASE", "HOLDER", "WHY");
        repairs.forEach(repair -> table.row(
                repair.id(),
                repair.machine(),
                repair.environment() + "/" + repair.machineFunction(),
                repair.faultDomain(),
                kind(repair),
                word(repair.state()),
                moments.at(repair.since()),
                repair.leaseEnd() == null || repair.endedAt() != null ? "-" : moments.at(repair.leaseEnd()),
                repair.holder(),
                moments.readable(repair.reason())));
        return table;
    }

    /** What to do about machines whose repairs expired. */
    static Text unfinished(List<String> machines) {
        return Text.of("Expired on " + MachineRanges.of(machines) + ": nobody said how far that came, so "
                + (machines.size() == 1 ? "it counts" : "they count")
                + " as failing until 'health set healthy' or another reboot or repave that goes well.");
    }

    static Text detail(RepairDetail detail) {
        Repair repair = detail.repair();
        Moments moments = new Moments(InstantSource.system().instant());
        Table history = new Table("WHEN", "WHO", "STATE", "WHY");
        detail.history()
                .forEach(step -> history.row(
                        moments.at(step.at()), step.by(), word(step.state()), moments.readable(step.reason())));
        Entry entry = new Entry(repair.id() + ": " + kind(repair) + " of " + repair.machine())
                .with("Where", repair.environment() + "/" + repair.machineFunction() + ", " + repair.faultDomain())
                .with("State", word(repair.state()))
                .with("Since", moments.since(repair.since()))
                .with("Lease", repair.endedAt() == null ? moments.until(repair.leaseEnd()) : null)
                .with("Holder", repair.holder())
                .with("Why", moments.readable(repair.reason()));
        return Text.lines(List.of(entry, history));
    }

    private static String kind(Repair repair) {
        return (repair.forced() ? "forced " : "")
                + word(repair.kind())
                + (repair.service() == null ? "" : " of " + repair.service());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
