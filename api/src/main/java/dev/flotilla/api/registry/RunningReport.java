package dev.flotilla.api.registry;

import dev.flotilla.api.VersionName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one machine says of one service. {@code {"version":"1.0.0"}} is a whole report: the rest has defaults.
 *
 * @param version the version that really runs, or that crashed last; null where none ever ran
 * @param state how it fares; null means {@link RunState#RUNNING} with a version, {@link RunState#STOPPED} without
 * @param sha256 the digest of the bytes that run, as the agent verified it
 * @param restarts how often it was started again since the version was switched to
 * @param since when it reached this state
 * @param order the latest order and how far it is; null where there was none
 */
public record RunningReport(
        @Nullable @VersionName String version,
        @Nullable RunState state,

        @Nullable @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 lower-case hexadecimal digits")
        String sha256,

        @PositiveOrZero int restarts,
        @Nullable Instant since,
        @Nullable @Valid OrderProgress order) {

    /** The state, with the default in the place of null. */
    public RunState effectiveState() {
        return state != null ? state : version != null ? RunState.RUNNING : RunState.STOPPED;
    }

    public static RunningReport running(String version) {
        return new RunningReport(version, RunState.RUNNING, null, 0, null, null);
    }
}
