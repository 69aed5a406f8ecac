package dev.flotilla.api.orchestrator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a deployment stands; of a rollout the same. */
public enum DeploymentState {
    /** Machines are being changed, or waited for. */
    ROLLING_OUT,
    /**
     * Too many machines failed, or a person paused it: no further one is changed until a person resumes it or a newer declaration replaces it.
     */
    HALTED,
    /** A person ended it, or it was rolled back and its way back is declared: what still runs is left as it is, and nothing is kept up. */
    ABORTED,
    /** Every machine runs the version or is excused; it is kept so from now on. */
    COMPLETE,
    /** Newer deployments have taken over all its machines. */
    SUPERSEDED;

    /** How the reason of a halt begins that somebody asked for; who it was follows. */
    public static final String PAUSED_BY = "paused by ";

    /**
     * True of a halt that somebody asked for.
     *
     * @param reason as it is given with the state
     */
    public boolean paused(@Nullable String reason) {
        return this == HALTED && reason != null && reason.startsWith(PAUSED_BY);
    }

    /**
     * In people's words: {@code rolling out}, and {@code paused} of a halt that somebody asked for.
     *
     * @param reason as it is given with the state
     */
    public String words(@Nullable String reason) {
        return paused(reason) ? "paused" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
