package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.Prospect;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was foreseen of a rollout that is stopped, with what is behind it. */
final class Ahead {
    private final Explainer explainer;
    private final Map<String, MachineView> machines;
    private final Map<String, MachineStanding> standings;

    private Ahead(Explainer explainer, Map<String, MachineView> machines, Map<String, MachineStanding> standings) {
        this.explainer = explainer;
        this.machines = machines;
        this.standings = standings;
    }

    static Ahead of(Rollout rollout, Prospects.Foreseen foreseen, Known known) {
        Explainer explainer = new Explainer(rollout, foreseen.view(), known);
        Map<String, MachineView> machines =
                foreseen.view().machines().stream().collect(Collectors.toMap(MachineView::name, Function.identity()));
        Map<String, MachineStanding> explained = new LinkedHashMap<>(foreseen.standings());
        explained.replaceAll((name, standing) -> explainer.explained(machine(machines, name), standing));
        return new Ahead(explainer, machines, explained);
    }

    Optional<Prospect> of(String machine) {
        return Optional.ofNullable(standings.get(machine)).map(standing -> {
            Grounds grounds = grounds(machine, standing);
            return new Prospect(
                    standing.phase(),
                    standing.rule(),
                    standing.reason(),
                    grounds.since(),
                    standing.until(),
                    grounds.by(),
                    grounds.unblock());
        });
    }

    /** Those left out that would only wait for their turn. */
    List<Wait> waits() {
        Map<String, MachineStanding> held = new LinkedHashMap<>(standings);
        held.values().removeIf(Explainer::waitsForItsTurn);
        return new Waits(held, this::grounds).all();
    }

    /** The rollout's own rules do not hold yet; what others refuse they refuse already. */
    private Grounds grounds(String machine, MachineStanding standing) {
        Grounds grounds = explainer.of(machine(machines, machine), standing);
        Instant since = standing.origin() == Origin.ROLLOUT ? null : grounds.since();
        return new Grounds(since, grounds.by(), grounds.unblock());
    }

    private static MachineView machine(Map<String, MachineView> machines, String name) {
        return Objects.requireNonNull(machines.get(name));
    }
}
