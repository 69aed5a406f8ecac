package dev.flotilla.console.deployments;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.console.fleet.FleetView.Share;
import dev.flotilla.console.fleet.Shares;
import java.util.List;
import java.util.Locale;

/** Phases and states in words, counts and bars. */
final class Phases {
    private static final List<MachinePhase> ORDER = List.of(
            MachinePhase.RUNNING,
            MachinePhase.SWITCHING,
            MachinePhase.FETCHING,
            MachinePhase.WAITING,
            MachinePhase.FAILED,
            MachinePhase.EXCUSED,
            MachinePhase.SUPERSEDED);

    private Phases() {}

    /** The phases that any machine stands in. */
    static List<PhaseCount> counts(Counts counts) {
        return ORDER.stream()
                .map(phase -> new PhaseCount(css(phase), word(phase), of(counts, phase)))
                .filter(count -> count.machines() > 0)
                .toList();
    }

    static List<Share> shares(Counts counts) {
        return Shares.of(ORDER.stream()
                .map(phase -> new Shares.Part(css(phase), word(phase), of(counts, phase)))
                .toList());
    }

    static String done(Counts counts) {
        if (counts.total() > 0 && counts.superseded() == counts.total()) {
            return "all its machines are another deployment's now";
        }
        return counts.running() + " of " + counts.total() + (counts.running() == 1 ? " runs it" : " run it");
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String css(DeploymentState state) {
        return word(state).replace(' ', '-');
    }

    private static String css(MachinePhase phase) {
        return "phase-" + word(phase);
    }

    static int of(Counts counts, MachinePhase phase) {
        return switch (phase) {
            case WAITING -> counts.waiting();
            case FETCHING -> counts.fetching();
            case SWITCHING -> counts.switching();
            case RUNNING -> counts.running();
            case FAILED -> counts.failed();
            case EXCUSED -> counts.excused();
            case SUPERSEDED -> counts.superseded();
        };
    }
}
