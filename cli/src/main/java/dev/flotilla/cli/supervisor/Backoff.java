package dev.flotilla.cli.supervisor;

import java.time.Duration;

/** How long to wait before a process that died is started again: hardly at all the first time, longer each time that it dies young. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(300);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration GROWN_UP = Duration.ofMinutes(1);

    private int youngDeaths;

    /** The pause after a death at this age. */
    Duration after(Duration age) {
        youngDeaths = age.compareTo(GROWN_UP) >= 0 ? 1 : youngDeaths + 1;
        Duration pause = FIRST.multipliedBy(1L << Math.min(youngDeaths - 1, 10));
        return pause.compareTo(MOST) > 0 ? MOST : pause;
    }

    /** How often in a row it has died young. */
    int youngDeaths() {
        return youngDeaths;
    }
}
