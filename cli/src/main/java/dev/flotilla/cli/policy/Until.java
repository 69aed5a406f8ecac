package dev.flotilla.cli.policy;

import dev.flotilla.cli.terminal.Moments;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Until when rules hold, seen from now. */
final class Until {
    private Until() {}

    /** {@code 14:30:00 UTC, in 12 min 3 s}, or what is said of none. */
    static String of(@Nullable Instant moment, String otherwise) {
        String until = new Moments(InstantSource.system().instant()).until(moment);
        return until == null ? otherwise : until;
    }

    /** {@code 14:30:00 UTC}, with the date on another day. */
    static String at(Instant moment) {
        return new Moments(InstantSource.system().instant()).at(moment);
    }
}
