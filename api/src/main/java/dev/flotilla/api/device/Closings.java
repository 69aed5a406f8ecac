package dev.flotilla.api.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a closing: an answer for each repair, in the order asked. */
public record Closings(List<Answer> answers) {

    /**
     * The answer for one repair.
     *
     * @param closed true when it has ended with the outcome that was named, now or before
     * @param state the state it is in; null where there is no such repair
     * @param reason why it could not be closed so; null where it is
     */
    public record Answer(
            String repair,
            boolean closed,
            @Nullable RepairState state,
            @Nullable String reason) {}
}
