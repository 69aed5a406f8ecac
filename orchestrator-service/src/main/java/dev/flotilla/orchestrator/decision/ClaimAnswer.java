package dev.flotilla.orchestrator.decision;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What device-manager answered to a claim: whether this rollout may disrupt the machine now, as a repair of kind deploy.
 *
 * @param repair the id of the repair that it holds; null where the claim was refused
 * @param rule which of device-manager's rules refused; its name for a grant is not used
 * @param reason in words for a person
 * @param until when it is worth asking again; null where that is not known
 * @param passedBy true where the machine is not waited for: it is under a reboot or repave, or not known, or its tenant wants it never to be changed
 *     by this rollout. It is kept under its former name, which instances of another version read
 * @param since since when it is refused by that rule, at each look at which it was asked; null where that is not known (yet)
 * @param tenant the tenant who has not agreed; null where device-manager refused it
 * @param step what the tenant is asked for, in words; null where it is asked nothing
 * @param unblock what would end it, in words, where who refused says so; null where that follows from the rule
 */
public record ClaimAnswer(
        @Nullable String repair,
        String rule,
        String reason,
        @Nullable Instant until,
        @JsonProperty("broken") boolean passedBy,
        @Nullable Instant since,
        @Nullable String tenant,
        @Nullable String step,
        @Nullable String unblock) {

    /** An answer of device-manager. */
    public ClaimAnswer(@Nullable String repair, String rule, String reason, @Nullable Instant until, boolean passedBy) {
        this(repair, rule, reason, until, passedBy, null, null, null, null);
    }

    public static ClaimAnswer granted(String repair) {
        return new ClaimAnswer(repair, "granted", "device-manager granted it", null, false);
    }

    /** The same, refused since then. */
    public ClaimAnswer since(@Nullable Instant first) {
        return new ClaimAnswer(repair, rule, reason, until, passedBy, first, tenant, step, unblock);
    }

    /** True where the other is a refusal by the same rule, of the same tenant. */
    public boolean sameRule(ClaimAnswer other) {
        return rule.equals(other.rule()) && Objects.equals(tenant, other.tenant());
    }

    public boolean granted() {
        return repair != null;
    }
}
