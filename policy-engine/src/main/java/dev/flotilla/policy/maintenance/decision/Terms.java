package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant is asked, defaults filled in, and how long its jobs live.
 *
 * @param expiry after how long without a word from its rollout a job fails
 * @param shown for how long a job that ended stays in the document
 */
public record Terms(
        Asking asking,
        Duration deadline,
        OnSilence onSilence,
        Duration delayAllowance,
        int maxJobs,
        Duration expiry,
        Duration shown) {
    public static final Duration DEADLINE = Duration.ofMinutes(15);
    public static final int MOST_JOBS = 2;

    /** The terms that settings make; none are {@code NEVER}. */
    public static Terms of(@Nullable TenantSettings settings, Duration expiry, Duration shown) {
        TenantSettings filled =
                filled(settings == null ? new TenantSettings(Asking.NEVER, null, null, null, null) : settings);
        return new Terms(
                filled.asking(),
                Objects.requireNonNull(filled.deadline()),
                Objects.requireNonNull(filled.onSilence()),
                Objects.requireNonNull(filled.delayAllowance()),
                Objects.requireNonNull(filled.maxJobs()),
                expiry,
                shown);
    }

    /** The same settings with nothing left open. */
    public static TenantSettings filled(TenantSettings settings) {
        return new TenantSettings(
                settings.asking(),
                Objects.requireNonNullElse(settings.deadline(), DEADLINE),
                Objects.requireNonNullElse(settings.onSilence(), OnSilence.WAIT),
                Objects.requireNonNullElse(settings.delayAllowance(), Duration.ZERO),
                Objects.requireNonNullElse(settings.maxJobs(), MOST_JOBS));
    }
}
