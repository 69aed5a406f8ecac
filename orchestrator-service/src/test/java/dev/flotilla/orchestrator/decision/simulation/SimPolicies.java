package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.orchestrator.decision.Permit;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policy engine: opt-outs and deferrals of machines, freezes of groups. */
final class SimPolicies {
    private record Word(Effect effect, Instant since) {}

    private final Map<String, Word> words = new HashMap<>();
    private final Map<String, Instant> frozenSince = new HashMap<>();

    void say(String machine, Effect effect, Instant now) {
        if (effect == Effect.ALLOW) {
            words.remove(machine);
        } else {
            Word before = words.get(machine);
            words.put(machine, new Word(effect, before == null ? now : before.since()));
        }
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
            case ALLOW -> Permit.ALLOWED;
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
        return word != null || frozen(machine) ? Effect.DEFER : Effect.ALLOW;
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
        if (word == null || frozen == null) {
            return word == null ? frozen : word.since();
        }
        return word.since().isBefore(frozen) ? word.since() : frozen;
    }
}
