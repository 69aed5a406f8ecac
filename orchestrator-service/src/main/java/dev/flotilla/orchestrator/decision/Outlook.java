package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the policy engine will say, as far as it knows. Where it says nothing, a deferral that says until when is over then.
 *
 * @param changes by machine, in order of time; each holds until the next
 * @param knownUntil up to when that is known; null where nothing was said
 * @param unforeseen policies that may say something else at any time
 */
public record Outlook(
        Map<String, List<Change>> changes, @Nullable Instant knownUntil, Set<String> unforeseen) {
    public static final Outlook NONE = new Outlook(Map.of(), null, Set.of());

    /** From then on it says this. */
    public record Change(Instant at, Permit permit) {}

    public Outlook {
        changes = Map.copyOf(changes);
        unforeseen = Set.copyOf(unforeseen);
    }

    /** What it says of a machine at a moment to come. */
    public Permit at(String machine, Permit now, Instant moment) {
        Permit last = now;
        for (Change change : changes(machine)) {
            if (change.at().isAfter(moment)) {
                break;
            }
            last = change.permit();
        }
        Instant until = last.until();
        return last.effect() == Effect.DEFER && until != null && !moment.isBefore(until) ? Permit.ALLOWED : last;
    }

    /** When that changes next after a moment; null where no change is known. */
    @Nullable
    Instant next(String machine, Permit now, Instant moment) {
        Permit then = at(machine, now, moment);
        return Stream.concat(
                        changes(machine).stream().map(Change::at),
                        then.effect() == Effect.DEFER ? Stream.ofNullable(then.until()) : Stream.empty())
                .filter(moment::isBefore)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** From when on the machine may be changed that may not be at this moment; null where that is not known. */
    @Nullable
    Instant freeAfter(String machine, Permit now, Instant moment) {
        for (Instant next = next(machine, now, moment); next != null; next = next(machine, now, next)) {
            if (at(machine, now, next).effect() == Effect.ALLOW) {
                return next;
            }
        }
        return null;
    }

    private List<Change> changes(String machine) {
        return Objects.requireNonNullElse(changes.get(machine), List.of());
    }
}
