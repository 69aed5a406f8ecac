package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.Schedule.When;
import dev.flotilla.api.policy.Selector;
import dev.flotilla.policy.decision.condition.Condition;
import dev.flotilla.policy.decision.condition.ConditionFailed;
import dev.flotilla.policy.decision.condition.ConditionMistake;
import dev.flotilla.policy.decision.schedule.Opening;
import dev.flotilla.policy.decision.schedule.ScheduleMistake;
import dev.flotilla.policy.decision.schedule.Windows;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy. Its condition is compiled when it is first needed, and once only. */
public final class PolicyRule implements Rule {
    private final String name;
    private final Policy policy;
    private final int specificity;
    private volatile @Nullable Compiled compiled;

    public PolicyRule(String name, Policy policy) {
        this.name = name;
        this.policy = policy;
        this.specificity = Specificity.of(policy.selector());
    }

    /**
     * Condition and schedule, read.
     *
     * @param mistake why they can't be; null where they can
     */
    private record Compiled(
            @Nullable Condition condition,
            @Nullable Windows windows,
            @Nullable String mistake) {}

    /** What it says of every change that its selector matches and its condition holds for, at this moment; empty where its schedule is silent. */
    Optional<Verdict> at(Instant now) {
        Compiled parts = compiled();
        if (endedBy(now)) {
            return Optional.empty();
        }
        if (parts.mistake() != null) {
            return Optional.of(failed(parts.mistake()));
        }
        Instant end = until();
        if (parts.windows() != null && policy.schedule() != null) {
            Opening opening = parts.windows().at(now);
            if (opening.open() != (policy.schedule().when() == When.INSIDE)) {
                return Optional.empty();
            }
            end = earlier(end, opening.until());
        }
        return Optional.of(new Verdict(
                policy.effect(), Decision.Kind.POLICY, name, policy.reason(), readsNow() ? null : end, specificity));
    }

    /** A condition that can't be evaluated never lets a change through. */
    Verdict failed(String why) {
        return new Verdict(
                Effect.DEFER,
                Decision.Kind.POLICY,
                name,
                "the condition of the policy '" + name + "' could not be evaluated, which counts as a deferral: " + why,
                null,
                specificity);
    }

    boolean holds(Change change, Instant now) throws ConditionFailed {
        Condition condition = compiled().condition();
        return condition == null || condition.holds(change, now);
    }

    /** Whether machines that share everything but their name may be answered differently, beyond the selector. */
    boolean readsMachine() {
        Condition condition = compiled().condition();
        return condition != null && condition.readsMachine();
    }

    /** Of one evaluation of its condition. */
    long cost() {
        Condition condition = compiled().condition();
        return condition == null ? 0 : condition.cost();
    }

    private Compiled compiled() {
        Compiled known = compiled;
        if (known == null) {
            known = compile();
            compiled = known;
        }
        return known;
    }

    /** Both were checked when the policy was stored; a later version may still see them differently. */
    private Compiled compile() {
        try {
            String condition = policy.condition();
            return new Compiled(
                    condition == null ? null : Condition.parse(condition),
                    policy.schedule() == null ? null : Windows.of(policy.schedule()),
                    null);
        } catch (ConditionMistake e) {
            return new Compiled(null, null, e.described());
        } catch (ScheduleMistake e) {
            return new Compiled(null, null, e.field() + ": " + e.said());
        }
    }

    @Override
    public @Nullable Instant changesAfter(Instant moment) {
        Windows windows = compiled().windows();
        return endedBy(moment)
                ? null
                : earlier(until(), windows == null ? null : windows.at(moment).until());
    }

    /** Whether it may say something else at any time, not only at the moments that are foreseen. */
    boolean readsNow() {
        Condition condition = compiled().condition();
        return condition != null && condition.readsNow();
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    public Policy policy() {
        return policy;
    }

    @Override
    public Decision.Kind kind() {
        return Decision.Kind.POLICY;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Selector selector() {
        return policy.selector();
    }

    @Override
    public @Nullable Instant until() {
        return policy.until();
    }
}
