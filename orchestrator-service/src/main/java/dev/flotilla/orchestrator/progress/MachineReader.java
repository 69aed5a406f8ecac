package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.Prospect;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Sight;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.platform.paging.Cursors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where each machine stands and why: observed and decided anew by the same functions that drive the rollout. */
@Component
class MachineReader {
    private final Rollouts rollouts;
    private final Looks looks;
    private final Knowledge knowledge;
    private final Prospects prospects;

    MachineReader(Rollouts rollouts, Looks looks, Knowledge knowledge, Prospects prospects) {
        this.rollouts = rollouts;
        this.looks = looks;
        this.knowledge = knowledge;
        this.prospects = prospects;
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
            Predicate<String> unread =
                    machine -> place > 0 || NaturalOrder.INSTANCE.compare(machine, from.getLast()) > 0;
            Predicate<MachineStanding> wanted = standing -> phase == null || standing.phase() == phase;
            for (MachineProgress machine : machines(rollout, unread, wanted).toList()) {
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
                .flatMap(found ->
                        machines(found, machine::equals, standing -> true).findFirst());
    }

    /** Why the rollout is where it is; empty where there is no such rollout. */
    Optional<RolloutExplanation> explanation(String rollout) {
        return rollouts.find(rollout).map(found -> {
            Looks.Look seen = looks.at(found);
            Known known = knowledge.of(
                    found, seen.observed(), seen.decision().standings().values());
            return new RolloutExplanations(found, seen.view(), seen.decision(), known)
                    .explanation(foreseen(found, seen).map(Ahead::waits).orElse(List.of()));
        });
    }

    /** By name; those only of these names and standings. */
    private Stream<MachineProgress> machines(
            Rollout rollout, Predicate<String> names, Predicate<MachineStanding> standings) {
        Looks.Look seen = looks.at(rollout);
        SequencedMap<MachineView, MachineStanding> shown = new LinkedHashMap<>();
        seen.view().machines().stream()
                .filter(machine -> names.test(machine.name()))
                .sorted(Comparator.comparing(MachineView::name, NaturalOrder.INSTANCE))
                .forEach(machine -> {
                    MachineStanding standing =
                            Objects.requireNonNull(seen.decision().standings().get(machine.name()));
                    if (standings.test(standing)) {
                        shown.put(machine, standing);
                    }
                });
        if (shown.isEmpty()) {
            return Stream.empty();
        }
        Cause cause = Cause.of(seen.view(), seen.decision());
        List<MachineStanding> explained = new ArrayList<>(shown.values());
        if (cause != null) {
            explained.add(cause.standing());
        }
        Explainer explainer =
                new Explainer(rollout, seen.view(), knowledge.of(rollout, seen.observed(), explained), seen.decision());
        Optional<Ahead> ahead = foreseen(rollout, seen);
        return shown.entrySet().stream().map(each -> {
            MachineStanding standing = explainer.explained(each.getKey(), each.getValue());
            return progress(
                    rollout,
                    each.getKey(),
                    standing,
                    explainer.of(each.getKey(), standing),
                    ahead.flatMap(found -> found.of(each.getKey().name())).orElse(null));
        });
    }

    /** What would hold the machines of a rollout that is stopped. */
    private Optional<Ahead> foreseen(Rollout rollout, Looks.Look seen) {
        return prospects.of(rollout, seen.observed(), seen.decision()).map(foreseen -> {
            Observation then = new Observation(
                    rollout,
                    foreseen.view(),
                    seen.observed().orders(),
                    seen.observed().devices(),
                    seen.observed().at());
            return Ahead.of(
                    rollout,
                    foreseen,
                    knowledge.of(rollout, then, foreseen.standings().values()));
        });
    }

    private static MachineProgress progress(
            Rollout rollout, MachineView machine, MachineStanding standing, Grounds grounds, @Nullable Prospect then) {
        Sight sight = machine.sight();
        RunningService running = sight == null ? null : sight.running();
        return new MachineProgress(
                machine.name(),
                rollout.id(),
                machine.faultDomain(),
                standing.phase(),
                standing.reason(),
                standing.rule(),
                grounds.since(),
                standing.until(),
                grounds.by(),
                grounds.unblock(),
                then,
                running == null ? null : running.version(),
                running == null || running.version() == null ? null : running.state(),
                machine.order() == null ? 0 : machine.order().attempt());
    }
}
