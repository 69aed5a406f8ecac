package dev.flotilla.api.device;

import java.util.Arrays;
import java.util.Locale;

/** The rules by which a machine is refused. */
public enum ClaimRule {
    /** No such machine: never added, or retired. */
    UNKNOWN_MACHINE,
    /** The machine has an active repair. */
    ACTIVE_REPAIR,
    /** Another fault domain of the group is under elective work. */
    FAULT_DOMAIN,
    /** As many machines of the group as allowed are unavailable, by the group's limit or the claim's own. */
    MAX_UNAVAILABLE,
    /** Somebody else has waited longer for another fault domain, or for the limit, and goes first, unless it stops asking. */
    FAIRNESS,
    /** The machine is just being moved to another group: ask again. */
    MOVING;

    /** The rule as the API writes it: {@code max-unavailable}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule of that id. */
    public static ClaimRule of(String id) {
        return Arrays.stream(values())
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rule is called '" + id + "'"));
    }
}
