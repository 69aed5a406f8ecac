package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Table;
import java.util.List;

/** The waves of a plan as a table of at most {@value #COLUMNS} columns. */
final class PlanTable {
    static final int COLUMNS = 120;
    private static final int GROUP = 26;
    private static final int DOMAIN = 20;
    /** What is left for the machines by all other columns at their widest. */
    private static final int MACHINES = 24;

    private PlanTable() {}

    static Table of(List<RolloutPlan> rollouts) {
        Table table = new Table("GROUP", "WAVE", "FAULT DOMAIN", "COUNT", "AT ONCE", "BEGINS IN", "TAKES", "MACHINES");
        for (RolloutPlan rollout : rollouts) {
            for (PlannedWave wave : rollout.waves()) {
                table.row(
                        cut(PlanView.group(rollout), GROUP),
                        wave.number(),
                        where(wave),
                        wave.machines(),
                        wave.atOnce(),
                        PlanView.span(wave.begins()),
                        PlanView.span(wave.takes()),
                        machines(wave));
            }
        }
        return table;
    }

    private static String where(PlannedWave wave) {
        return switch (wave.kind()) {
            case MENDING -> "any (mending)";
            case CANARIES -> cut(String.valueOf(wave.faultDomain()), DOMAIN - " (canaries)".length()) + " (canaries)";
            case FAULT_DOMAIN -> cut(String.valueOf(wave.faultDomain()), DOMAIN);
        };
    }

    private static String machines(PlannedWave wave) {
        String what = wave.proving() == wave.underWay() ? " proving)" : " begun)";
        String begun = wave.underWay() == 0 ? "" : " (" + wave.underWay() + what;
        String names =
                MachineRanges.of(wave.names()) + (wave.machines() > wave.names().size() ? ", ..." : "");
        return first(names, MACHINES - begun.length()) + begun;
    }

    /** As many of the names as fit. */
    static String first(String names, int width) {
        if (names.length() <= width) {
            return names;
        }
        int end = names.lastIndexOf(", ", width - ", ...".length());
        return end < 0 ? cut(names, width) : names.substring(0, end) + ", ...";
    }

    /** A long name without its middle. */
    static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int kept = Math.max(2, width - 3);
        return text.substring(0, kept - kept / 2) + "..." + text.substring(text.length() - kept / 2);
    }
}
