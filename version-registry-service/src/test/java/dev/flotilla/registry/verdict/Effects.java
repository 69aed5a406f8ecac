package dev.flotilla.registry.verdict;

import java.util.SplittableRandom;

/** What may happen to machines: harm of a version, and what is no harm of it. */
final class Effects {
    private Effects() {}

    // Harm.

    /** A share of the machines that change crash about once a minute from their start. */
    static Minute.Effect crashAtStart(double share) {
        return minute -> {
            if (minute.after() && minute.trait(1) < share) {
                minute.crashesAnHour += 60;
                minute.requests *= 0.3;
            }
        };
    }

    static Minute.Effect moreErrors(double share, int fromAge) {
        return minute -> minute.errorShare += minute.after() && minute.age >= fromAge ? share : 0;
    }

    static Minute.Effect slower(double factor, int fromAge) {
        return minute -> minute.latency *= minute.after() && minute.age >= fromAge ? factor : 1;
    }

    static Minute.Effect crashes(double anHour, int fromAge) {
        return minute -> minute.crashesAnHour += minute.after() && minute.age >= fromAge ? anHour : 0;
    }

    /** Memory grows by so much of its level an hour. */
    static Minute.Effect leak(double anHour) {
        return minute -> minute.memory *= minute.after() ? 1 + anHour * minute.age / 60.0 : 1;
    }

    /** A share of the machines shows a fault that nobody has seen before, twice an hour. */
    static Minute.Effect newFault(double share) {
        return minute -> {
            if (minute.after() && minute.trait(2) < share) {
                minute.fault("NullPointerException at Cart.total", 2 / 60.0);
            }
        };
    }

    // No harm of the version.

    /** Load and latency follow the day and the week, on each machine a little differently. */
    static Minute.Effect rhythm(double amplitude, double phase) {
        return minute -> {
            double day = Math.sin(2 * Math.PI * (minute.time / 1440.0 + phase));
            double week = Math.sin(2 * Math.PI * (minute.time / 10080.0 + phase));
            double load = 1 + amplitude * (0.8 + 0.4 * minute.trait(3)) * (0.7 * day + 0.3 * week);
            minute.requests *= load;
            minute.cpu *= load;
            minute.latency *= 1 + (load - 1) / 2;
            minute.errorShare *= load;
            minute.memory *= 1 + (load - 1) / 5;
        };
    }

    /** The network fails for everybody, each machine more or less. */
    static Minute.Effect networkFault(int from, int to, double errors, double latency) {
        return minute -> {
            if (minute.time >= from && minute.time < to) {
                double part = 0.5 + minute.trait(4);
                minute.errorShare += errors * part;
                minute.latency += latency * part;
                minute.crashesAnHour += 0.3 * part;
                minute.fault("connect timed out", 0.1 * part);
            }
        };
    }

    /** Now and then a machine has ten bad minutes. */
    static Minute.Effect bursts(double aDay, long seed) {
        return minute -> {
            long slot = Math.floorDiv(minute.time, 10);
            SplittableRandom random = new SplittableRandom(seed ^ (minute.machine * 1_000_003L + slot * 15_485_863L));
            if (random.nextDouble() < aDay / 144) {
                minute.errorShare += 0.02 + 0.15 * random.nextDouble();
                minute.latency *= 1 + 2 * random.nextDouble();
                minute.cpu *= 1 + random.nextDouble();
                minute.fault("pool exhausted", 0.2);
            }
        };
    }

    /** The first minutes are slow and busy, whatever the version. */
    static Minute.Effect startUp(int minutes) {
        return minute -> {
            if (minute.after() && minute.age < minutes) {
                minute.latency *= 2;
                minute.cpu *= 2.5;
                minute.errorShare += minute.age < 1 ? 0.02 : 0;
            }
        };
    }

    /** After a start memory is low, and grows to what it was as caches fill. */
    static Minute.Effect cachesFill(double empty, double minutes) {
        return minute -> minute.memory *= minute.after() ? 1 - empty * Math.exp(-minute.age / minutes) : 1;
    }

    /** More memory and processor for good, less than the least harm. */
    static Minute.Effect slightlyMore(double share) {
        return minute -> {
            minute.memory *= minute.after() ? 1 + share : 1;
            minute.cpu *= minute.after() ? 1 + share : 1;
        };
    }

    /** Those that change do other work than the others, before and after. */
    static Minute.Effect otherWork(double factor) {
        return minute -> {
            if (minute.changed) {
                minute.requests *= factor;
                minute.cpu *= factor;
                minute.latency *= factor;
                minute.memory *= factor;
                minute.errorShare *= factor;
            }
        };
    }

    /** One machine that changes breaks by itself and crashes on. */
    static Minute.Effect brokenMachine(int fromAge) {
        return minute -> {
            if (minute.machine == 0 && minute.age >= fromAge) {
                minute.crashesAnHour += 30;
                minute.errorShare += 0.3;
                minute.fault("I/O error on disk", 0.3);
            }
        };
    }

    /** A fault that those that change have always had and others have not: a little all day, and each at a certain hour. */
    static Minute.Effect knownFault(int hour) {
        return minute -> {
            if (minute.changed) {
                boolean then = Math.floorMod(minute.time, 1440) / 60 == hour;
                minute.fault("batch too large", then ? 0.05 : 0.0005);
            }
        };
    }
}
