package dev.flotilla.orchestrator.observe;

import dev.flotilla.orchestrator.decision.Outlook;
import dev.flotilla.orchestrator.decision.Permit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what the policy engine foresees. */
final class Outlooks {
    private final Map<String, List<Outlook.Change>> changes = new HashMap<>();
    private final Set<String> unforeseen = new TreeSet<>();
    private @Nullable Instant knownUntil;

    /** @param outlooks null where it says nothing of times to come */
    void add(@Nullable List<dev.flotilla.api.policy.Outlook> outlooks) {
        if (outlooks != null) {
            outlooks.forEach(this::add);
        }
    }

    private void add(dev.flotilla.api.policy.Outlook outlook) {
        List<Outlook.Change> to = outlook.changes().stream()
                .map(change -> new Outlook.Change(
                        change.at(),
                        new Permit(change.effect(), change.reason(), change.policy(), change.kind(), change.until())))
                .toList();
        outlook.machines().forEach(machine -> changes.put(machine, to));
        unforeseen.addAll(outlook.unforeseen());
        if (knownUntil == null || outlook.knownUntil().isBefore(knownUntil)) {
            knownUntil = outlook.knownUntil();
        }
    }

    Outlook all() {
        return new Outlook(changes, knownUntil, unforeseen);
    }
}
