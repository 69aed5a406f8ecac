package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.Prospect;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Sight;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.RolloutObserver;
import dev.flotilla.orchestrator.observe.TenantWords;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.platform.paging.Cursors;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Where each machine stands and why: observed and decided anew by the same functions that drive the rollout. */
@Component
class MachineReader {
    private static final Logger log = LoggerFactory.getLogger(MachineReader.class);
    private final Rollouts rollouts;
    private final RolloutObserver observer;
    private final Knowledge knowledge;
    private final Prospects prospects;
    private final TenantWords tenants;
    private final InstantSource time;

    MachineReader(
            Rollouts rollouts,
            RolloutObserver observer,
            Knowledge knowledge,
            Prospects prospects,
            TenantWords tenants,
            InstantSource time) {
        this.prospects = prospects;
        this.tenants = tenants;
        this.rollouts = rollouts;
        this.observer = observer;
        this.knowledge = knowledge;
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
            Seen seen = look(found);
            Known known = knowledge.of(
                    found, seen.observed(), seen.decision().standings().values());
            return new RolloutExplanations(found, seen.view(), seen.decision(), known)
                    .explanation(foreseen(found, seen).map(Ahead::waits).orElse(List.of()));
        });
    }

    /** By name; those only of these names and standings. */
    private Stream<MachineProgress> machines(
            Rollout rollout, Predicate<String> names, Predicate<MachineStanding> standings) {
        Seen seen = look(rollout);
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
                new Explainer(rollout, seen.view(), knowledge.of(rollout, seen.observed(), explained), cause);
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
    private Optional<Ahead> foreseen(Rollout rollout, Seen seen) {
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

    private record Seen(Observation observed, RolloutView view, Decision decision) {}

    /** As a look at the rollout would decide now, on what tenants say now and device-manager refused at the last one; it asks for nothing. */
    private Seen look(Rollout rollout) {
        Instant now = time.instant();
        Observation observed = observer.observe(rollout, now);
        RolloutView view = observed.view().withClaims(refusals(observed));
        return RolloutDecider.down(view, now).isEmpty()
                ? seen(observed, view)
                : seen(observed, view.withLimit(knowledge.usedUp(rollout)));
    }

    private static Seen seen(Observation observed, RolloutView view) {
        return new Seen(observed, view, RolloutDecider.decide(view, observed.at()));
    }

    /** Where the policy engine gives no answer, what tenants said at the last look is the best that is known. */
    private Map<String, ClaimAnswer> refusals(Observation observed) {
        try {
            return TenantsNow.of(observed, tenants).refusals();
        } catch (RuntimeException e) {
            log.warn(
                    "{}: what tenants say now can't be read: {}",
                    observed.rollout().id(),
                    e.toString());
            return observed.rollout().refusals();
        }
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
