package dev.flotilla.api.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a renewal: an answer for each repair, in the order asked. */
public record Renewals(List<Answer> answers) {

    /**
     * The answer for one repair: renewed where {@code leaseEnd} is given, else gone.
     *
     * @param state the state it is in; null where there is no such repair
     * @param reason why it is gone: expired, cancelled by whom, another's
     */
    public record Answer(
            String repair,
            @Nullable Instant leaseEnd,
            @Nullable RepairState state,
            @Nullable String reason) {

        public boolean renewed() {
            return leaseEnd != null;
        }
    }
}
