package dev.flotilla.orchestrator.act;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.Permits;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the policy engine about the machines whose turn it is, at each look anew. The others are asked about only now and then, so that what is
 * counted of them is not too old: until then those that were refused last still are, and those that were not have to be asked about first.
 */
@Component
class PolicyAnswers {
    private static final int REFRESHED = 100;

    private record Refusal(Permit permit, Instant at) {}

    /** What is remembered of a rollout. */
    private record Memory(Instant surveyed, Map<String, Refusal> refusals) {}

    private final Permits permits;
    private final TickProperties properties;
    private final Map<String, Memory> memories = new ConcurrentHashMap<>();

    PolicyAnswers(Permits permits, TickProperties properties) {
        this.permits = permits;
        this.properties = properties;
    }

    void forget(String rollout) {
        memories.remove(rollout);
    }

    /**
     * Begins a look.
     *
     * @param candidates the machines that would be ordered now if everybody permitted it, in turn
     */
    Look look(Observation observed, List<String> candidates) {
        return new Look(observed, candidates);
    }

    /** The answers at one look. All of it throws when the policy engine gives no answer. */
    final class Look {
        private final Observation observed;
        private final List<String> candidates;
        private final String rollout;
        private final Map<String, Permit> fresh = new HashMap<>();
        private final Map<String, Refusal> refusals = new HashMap<>();

        private Look(Observation observed, List<String> candidates) {
            this.observed = observed;
            this.candidates = candidates;
            this.rollout = observed.rollout().id();
        }

        /** Refreshes what is remembered where it is time to. */
        void refresh() {
            if (candidates.isEmpty()) {
                return;
            }
            Instant now = observed.at();
            Memory memory = memories.get(rollout);
            if (memory == null || !now.isBefore(memory.surveyed().plus(properties.trust()))) {
                ask(candidates);
                memories.put(rollout, new Memory(now, Map.copyOf(refusals)));
                return;
            }
            candidates.forEach(machine -> {
                Refusal refusal = memory.refusals().get(machine);
                if (refusal != null) {
                    refusals.put(machine, refusal);
                }
            });
            int refused = refusals.size();
            ask(candidates.stream()
                    .filter(machine -> old(refusals.get(machine), now))
                    .limit(REFRESHED)
                    .toList());
            if (refusals.size() < refused) {
                // A policy was lifted, perhaps for the others too.
                ask(List.copyOf(refusals.keySet()));
            }
            memories.put(rollout, new Memory(memory.surveyed(), Map.copyOf(refusals)));
        }

        /** Asks about those machines that were not asked about at this look; true where there were any. */
        boolean ask(Collection<String> machines) {
            List<String> unasked = machines.stream()
                    .filter(machine -> !fresh.containsKey(machine))
                    .toList();
            if (unasked.isEmpty()) {
                return false;
            }
            permits.ask(observed.rollout(), unasked, observed.devices()).forEach((machine, permit) -> {
                fresh.put(machine, permit);
                if (permit.effect() == Effect.ALLOW) {
                    refusals.remove(machine);
                } else {
                    refusals.put(machine, new Refusal(permit, observed.at()));
                }
            });
            return true;
        }

        /** The view with the answers, and what is assumed of machines that were not asked about: whoever would be ordered must be asked about first. */
        RolloutView in(RolloutView view) {
            Map<String, Permit> all = new HashMap<>();
            candidates.forEach(machine -> all.put(machine, Permit.ALLOWED));
            refusals.forEach((machine, refusal) -> all.put(machine, refusal.permit()));
            all.putAll(fresh);
            return view.withPermits(all);
        }

        /** Remembers the refusals for the next look. */
        void remember() {
            memories.computeIfPresent(rollout, (id, memory) -> new Memory(memory.surveyed(), Map.copyOf(refusals)));
        }

        boolean refusing() {
            return !refusals.isEmpty();
        }

        private boolean old(@Nullable Refusal refusal, Instant now) {
            return refusal != null && !now.isBefore(refusal.at().plus(properties.steady()));
        }
    }
}
