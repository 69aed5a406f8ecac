package dev.flotilla.api.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a claim: an answer for each machine, in the order asked. */
public record Claims(List<Answer> answers) {

    /**
     * The answer for one machine: granted where {@code repair} is given, refused where {@code rule} is.
     *
     * @param repair the active repair that the holder has now
     * @param leaseEnd when that expires
     * @param rule the {@link ClaimRule#id} of the rule that refused
     * @param reason why it was refused, in words: who holds what, and since when
     * @param heldBy the kind of the active repair that is in the way; null where none is
     * @param until when that ends at the latest unless it is renewed; null where that is not known
     */
    public record Answer(
            String machine,
            @Nullable String repair,
            @Nullable Instant leaseEnd,
            @Nullable String rule,
            @Nullable String reason,
            @Nullable Instant until,
            @Nullable RepairKind heldBy) {

        /** An answer where no other repair is in the way. */
        public Answer(
                String machine,
                @Nullable String repair,
                @Nullable Instant leaseEnd,
                @Nullable String rule,
                @Nullable String reason,
                @Nullable Instant until) {
            this(machine, repair, leaseEnd, rule, reason, until, null);
        }

        public boolean granted() {
            return repair != null;
        }
    }
}
