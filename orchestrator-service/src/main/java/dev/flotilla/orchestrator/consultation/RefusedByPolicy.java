package dev.flotilla.orchestrator.consultation;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The machines that policies refused. About those whose turn it is the policy engine is asked at each look anew, about the others only now and then,
 * so that what is counted of them is not too old: until then those that were refused last still are, and those that were not have to be asked about
 * first.
 */
public final class RefusedByPolicy {
    private static final int ASKED_AGAIN = 100;

    /** An answer, and when it was given. */
    private record Refusal(Permit permit, Instant at) {}

    /**
     * What is remembered of a rollout.
     *
     * @param lifted answers for machines that an override permits to be changed: they need not wait for those that are refused
     */
    private record Survey(Instant at, Map<String, Refusal> refusals, Map<String, Refusal> lifted) {}

    private enum Stage {
        OLD,
        LIFTED,
        KNOWN
    }

    private final Map<String, Survey> surveys = new ConcurrentHashMap<>();
    private final Duration steady;
    private final Duration trust;

    RefusedByPolicy(Duration steady, Duration trust) {
        this.steady = steady;
        this.trust = trust;
    }

    void forget(String rollout) {
        surveys.remove(rollout);
    }

    /** The answers at one look, and what is remembered for those that were not asked for. */
    final class Look {
        private final String rollout;
        private final List<String> candidates;
        private final Instant now;
        private final Instant surveyedAt;
        private final boolean all;
        private final Map<String, Permit> fresh = new HashMap<>();
        private final Map<String, Refusal> refusals = new HashMap<>();
        private final Map<String, Refusal> lifted = new HashMap<>();
        private final int refusedBefore;
        private Stage stage = Stage.OLD;

        /**
         * Begins a look.
         *
         * @param candidates the machines that would be ordered now if everybody permitted it, in turn
         */
        Look(String rollout, List<String> candidates, Instant now) {
            this.rollout = rollout;
            this.candidates = candidates;
            this.now = now;
            Survey survey = surveys.get(rollout);
            this.all = survey == null || !now.isBefore(survey.at().plus(trust));
            this.surveyedAt = survey == null || all ? now : survey.at();
            if (survey != null && !all) {
                refusals.putAll(survey.refusals());
                refusals.keySet().retainAll(Set.copyOf(candidates));
                lifted.putAll(survey.lifted());
                lifted.keySet().retainAll(Set.copyOf(candidates));
            }
            this.refusedBefore = refusals.size();
        }

        /** The machines to ask about because what is remembered of them is too old; empty when it no longer is. */
        List<String> old() {
            return switch (stage) {
                case OLD -> {
                    stage = Stage.LIFTED;
                    List<String> old = all
                            ? candidates
                            : candidates.stream()
                                    .filter(machine -> old(refusals.get(machine)) || old(lifted.get(machine)))
                                    .limit(ASKED_AGAIN)
                                    .toList();
                    yield old.isEmpty() ? old() : old;
                }
                case LIFTED -> {
                    stage = Stage.KNOWN;
                    // A policy was lifted, perhaps for the others too.
                    yield refusals.size() < refusedBefore ? unasked(refusals.keySet()) : List.of();
                }
                case KNOWN -> List.of();
            };
        }

        /** Those of the machines that were not asked about at this look. */
        List<String> unasked(Collection<String> machines) {
            return machines.stream()
                    .filter(machine -> !fresh.containsKey(machine))
                    .toList();
        }

        /** Takes the answers in; true where one is not what was assumed. */
        boolean answered(Map<String, Permit> permits) {
            boolean news = false;
            for (Map.Entry<String, Permit> answer : permits.entrySet()) {
                Permit permit = answer.getValue();
                fresh.put(answer.getKey(), permit);
                boolean override = permit.effect() == Effect.ALLOW && permit.kind() == Decision.Kind.OVERRIDE;
                boolean before = override
                        ? lifted.put(answer.getKey(), new Refusal(permit, now)) != null
                        : lifted.remove(answer.getKey()) != null;
                news |= before != override;
                if (permit.effect() == Effect.ALLOW) {
                    news |= refusals.remove(answer.getKey()) != null;
                } else {
                    refusals.put(answer.getKey(), new Refusal(permit, now));
                    news = true;
                }
            }
            return news;
        }

        /** The view with the answers, and what is assumed of machines that were not asked about: whoever would be ordered must be asked about first. */
        RolloutView in(RolloutView view) {
            Map<String, Permit> permits = new HashMap<>();
            lifted.forEach((machine, answer) -> permits.put(machine, answer.permit()));
            refusals.forEach((machine, refusal) -> permits.put(machine, refusal.permit()));
            permits.putAll(fresh);
            return view.presumingPermits(permits);
        }

        /** Remembers the refusals for the next look; nothing where all were to be asked about and nobody answered. */
        void remember() {
            boolean surveyed = !all || fresh.keySet().containsAll(candidates);
            if (!candidates.isEmpty() && surveyed) {
                surveys.put(rollout, new Survey(surveyedAt, Map.copyOf(refusals), Map.copyOf(lifted)));
            }
        }

        boolean refusing() {
            return !refusals.isEmpty();
        }

        private boolean old(@Nullable Refusal refusal) {
            return refusal != null && !now.isBefore(refusal.at().plus(steady));
        }
    }
}
