package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Permit;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The policy engine: opt-outs and deferrals of machines, freezes of groups. */
final class SimPolicies {
    private record Word(Effect effect, Instant since) {}

    private final Map<String, Word> words = new HashMap<>();
    private final Map<String, Instant> frozenSince = new HashMap<>();
    private final Set<String> lifted = new HashSet<>();
    private final Map<String, Instant> liftedUntil = new HashMap<>();

    void say(String machine, Effect effect, Instant now) {
        if (effect == Effect.ALLOW) {
            words.remove(machine);
        } else {
            Word before = words.get(machine);
            boolean stricter = effect == Effect.DENY && lifted.contains(machine);
            words.put(machine, new Word(effect, before == null || stricter ? now : before.since()));
        }
    }

    /** An override lifts what defers the machine; or it ends. */
    void lift(String machine, boolean begins, Instant now) {
        if (begins) {
            lifted.add(machine);
        } else if (lifted.remove(machine)) {
            liftedUntil.put(machine, now);
            words.computeIfPresent(
                    machine, (name, word) -> word.effect() == Effect.DEFER ? new Word(Effect.DEFER, now) : word);
        }
    }

    /** True where nothing but an override lets the machine be changed. */
    boolean overridden(SimMachine machine) {
        Word word = words.get(machine.name);
        return lifted.contains(machine.name) && (word == null ? frozen(machine) : word.effect() == Effect.DEFER);
    }

    void freeze(String group, Instant now) {
        frozenSince.putIfAbsent(group, now);
    }

    void thaw(String group) {
        frozenSince.remove(group);
    }

    /** From now on nothing is deferred any more. */
    void calmDown() {
        words.values().removeIf(word -> word.effect() == Effect.DEFER);
        frozenSince.clear();
    }

    Permit permit(SimMachine machine) {
        return switch (effect(machine)) {
            case ALLOW ->
                overridden(machine)
                        ? new Permit(Effect.ALLOW, "an emergency", "override", Kind.OVERRIDE, null)
                        : Permit.ALLOWED;
            case DEFER ->
                frozen(machine)
                        ? new Permit(Effect.DEFER, "the group is frozen", "freeze", null)
                        : new Permit(Effect.DEFER, "later, it says", "deferral", null);
            case DENY -> new Permit(Effect.DENY, "its owner does not want it", "opt-out", null);
        };
    }

    Effect effect(SimMachine machine) {
        Word word = words.get(machine.name);
        if (word != null && word.effect() == Effect.DENY) {
            return Effect.DENY;
        }
        boolean deferred = (word != null || frozen(machine)) && !lifted.contains(machine.name);
        return deferred ? Effect.DEFER : Effect.ALLOW;
    }

    boolean frozen(SimMachine machine) {
        return frozenSince.containsKey(machine.group);
    }

    /** Since when the machine must be left alone; null while it need not be. */
    @Nullable
    Instant refusedSince(SimMachine machine) {
        Word word = words.get(machine.name);
        Instant frozen = frozenSince.get(machine.group);
        if (frozen != null && frozen.isBefore(machine.since)) {
            frozen = machine.since;
        }
        Instant denied = word == null || word.effect() != Effect.DENY ? null : word.since();
        Instant deferred = word == null || denied != null || frozen != null && frozen.isBefore(word.since())
                ? frozen
                : word.since();
        Instant until = liftedUntil.get(machine.name);
        if (deferred != null && until != null && deferred.isBefore(until)) {
            deferred = until;
        }
        if (denied == null || deferred == null || lifted.contains(machine.name)) {
            return denied != null || lifted.contains(machine.name) ? denied : deferred;
        }
        return denied.isBefore(deferred) ? denied : deferred;
    }
}
