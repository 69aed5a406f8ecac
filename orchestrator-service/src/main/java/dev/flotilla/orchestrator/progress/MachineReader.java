package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Sight;
import dev.flotilla.orchestrator.observe.RolloutObserver;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.platform.paging.Cursors;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where each machine stands and why: observed and decided anew by the same functions that drive the rollout. */
@Component
class MachineReader {
    private final Rollouts rollouts;
    private final RolloutObserver observer;
    private final InstantSource time;

    MachineReader(Rollouts rollouts, RolloutObserver observer, InstantSource time) {
        this.rollouts = rollouts;
        this.observer = observer;
        this.time = time;
    }

    /** The machines of a deployment, rollout by rollout, by name within one. Looks only at as many rollouts as the page needs. */
    Page<MachineProgress> machines(
            String deployment, @Nullable MachinePhase phase, int limit, @Nullable String cursor) {
        List<String> from = cursor == null ? List.of("", "") : Cursors.decode(cursor, 2);
        List<MachineProgress> page = new ArrayList<>();
        for (Rollout rollout : rollouts.of(deployment)) {
            int place = rollout.id().compareTo(from.getFirst());
            if (place < 0) {
                continue;
            }
            for (MachineProgress machine : machines(rollout)) {
                boolean read = place == 0 && NaturalOrder.INSTANCE.compare(machine.machine(), from.getLast()) <= 0;
                if (read || (phase != null && machine.phase() != phase)) {
                    continue;
                }
                if (page.size() == limit) {
                    MachineProgress last = page.getLast();
                    return new Page<>(page, Cursors.encode(last.rollout(), last.machine()));
                }
                page.add(machine);
            }
        }
        return new Page<>(page, null);
    }

    /** One machine of a rollout; empty where there is no such rollout or it has no such machine. */
    Optional<MachineProgress> machine(String rollout, String machine) {
        return rollouts.find(rollout)
                .flatMap(found -> machines(found).stream()
                        .filter(progress -> progress.machine().equals(machine))
                        .findFirst());
    }

    /** Why the rollout is where it is; empty where there is no such rollout. */
    Optional<RolloutExplanation> explanation(String rollout) {
        return rollouts.find(rollout).map(found -> {
            Seen seen = look(found);
            return RolloutExplanations.of(found, seen.view(), seen.decision());
        });
    }

    private List<MachineProgress> machines(Rollout rollout) {
        Seen seen = look(rollout);
        return seen.view().machines().stream()
                .map(machine -> progress(
                        rollout,
                        machine,
                        Objects.requireNonNull(seen.decision().standings().get(machine.name()))))
                .sorted(Comparator.comparing(MachineProgress::machine, NaturalOrder.INSTANCE))
                .toList();
    }

    private record Seen(RolloutView view, Decision decision) {}

    /** As a look at the rollout would decide now, on what device-manager refused at the last one; it asks for nothing. */
    private Seen look(Rollout rollout) {
        Instant now = time.instant();
        RolloutView view = observer.observe(rollout, now).view().withClaims(rollout.refusals());
        return new Seen(view, RolloutDecider.decide(view, now));
    }

    private static MachineProgress progress(Rollout rollout, MachineView machine, MachineStanding standing) {
        Sight sight = machine.sight();
        RunningService running = sight == null ? null : sight.running();
        return new MachineProgress(
                machine.name(),
                rollout.id(),
                machine.faultDomain(),
                standing.phase(),
                standing.reason(),
                standing.rule(),
                standing.until(),
                running == null ? null : running.version(),
                machine.order() == null ? 0 : machine.order().attempt());
    }
}
