package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request being decided. What concerns machines alike is worked out once for all machines that share everything but their name. */
final class Round {
    private final RuleIndex index;
    private final DecisionRequest request;
    private final RuleReading reading;
    private final Map<String, List<Verdict>> asked = new HashMap<>();
    private final Map<Place, Shared> known = new HashMap<>();

    Round(RuleIndex index, DecisionRequest request, List<OpenRequest> open, Instant now) {
        this.index = index;
        this.request = request;
        this.reading = new RuleReading(now);
        for (OpenRequest each : open) {
            if (each.rollout() == null || !each.rollout().equals(request.rollout())) {
                each.machines()
                        .forEach(machine -> asked.computeIfAbsent(machine, any -> new ArrayList<>(1))
                                .add(each.verdict()));
            }
        }
    }

    /** All that a subject is but its name. */
    private record Place(
            String environment,
            String machineFunction,
            String faultDomain,
            String region,
            @Nullable String tenant) {
        static Place of(Subject subject) {
            return new Place(
                    subject.environment(),
                    subject.machineFunction(),
                    subject.faultDomain(),
                    subject.region(),
                    subject.tenant());
        }
    }

    /**
     * What holds for all machines of a place.
     *
     * @param one by one rules that must be asked for each machine
     */
    private record Shared(
            List<Verdict> verdicts, List<OverrideRule> overrides, List<PolicyRule> one, Decision decision) {}

    /** What its conditions cost together, in nodes. */
    long spent() {
        return reading.spent();
    }

    List<Decision> decisions() {
        return request.machines().stream().map(this::decide).toList();
    }

    private Decision decide(Subject subject) {
        Shared shared = known.computeIfAbsent(Place.of(subject), any -> shared(subject));
        List<Rule> naming = index.naming(request.service(), subject);
        List<Verdict> own = asked.getOrDefault(subject.machine(), List.of());
        if (naming.isEmpty() && own.isEmpty() && shared.one().isEmpty()) {
            Decision decision = shared.decision();
            return new Decision(
                    subject.machine(),
                    decision.effect(),
                    decision.reason(),
                    decision.policy(),
                    decision.kind(),
                    decision.until());
        }
        Change change = new Change(request.service(), request.version(), subject);
        List<Verdict> verdicts = new ArrayList<>(shared.verdicts());
        verdicts.addAll(own);
        Stream.concat(naming.stream(), shared.one().stream())
                .map(rule -> reading.verdict(rule, change))
                .filter(Objects::nonNull)
                .forEach(verdicts::add);
        List<OverrideRule> overrides = Stream.concat(shared.overrides().stream(), reading.overrides(naming).stream())
                .toList();
        return DecisionRule.decide(subject.machine(), verdicts, overrides);
    }

    private Shared shared(Subject subject) {
        Change change = new Change(request.service(), request.version(), subject);
        List<Rule> about = index.about(request.service(), subject);
        List<PolicyRule> one = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Rule rule : about) {
            if (rule instanceof PolicyRule policy && policy.readsMachine()) {
                one.add(policy);
            } else {
                Verdict verdict = reading.verdict(rule, change);
                if (verdict != null) {
                    verdicts.add(verdict);
                }
            }
        }
        List<OverrideRule> overrides = reading.overrides(about);
        return new Shared(verdicts, overrides, one, DecisionRule.decide(subject.machine(), verdicts, overrides));
    }
}
