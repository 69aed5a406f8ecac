package dev.flotilla.orchestrator.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What device-manager answered to a claim: whether this rollout may disrupt the machine now, as a repair of kind deploy.
 *
 * @param repair the id of the repair that it holds; null where the claim was refused
 * @param rule which of device-manager's rules refused; its name for a grant is not used
 * @param reason in words for a person
 * @param until when it is worth asking again; null where that is not known
 * @param broken true where the machine is under a reboot or repave, or is not known: it is passed by and mended when it is back
 */
public record ClaimAnswer(
        @Nullable String repair,
        String rule,
        String reason,
        @Nullable Instant until,
        boolean broken) {

    public static ClaimAnswer granted(String repair) {
        return new ClaimAnswer(repair, "granted", "device-manager granted it", null, false);
    }

    public boolean granted() {
        return repair != null;
    }
}
