package dev.flotilla.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Numbers the way people read them. */
public final class Quantities {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Quantities() {}

    /** Bytes in decimal units, three digits at most: {@code 1.5 GB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 || value >= 99.95
                ? String.format(Locale.ROOT, "%.0f %s", value, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** A span in its two largest units: {@code 3 min 20 s}. */
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /** A short span to the tenth of a second: {@code 4.2 s}. */
    public static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }

    /** {@code 1 machine}, {@code 100 machines}. */
    public static String count(long number, String one) {
        return count(number, one, one + "s");
    }

    /** The same for a word whose plural is not formed with s alone. */
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
