package dev.flotilla.registry.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A generated fleet of one service, minute by minute, of which some machines change to version 2. What is in it follows from the seed. */
public final class World {
    static final Instant CHANGE = Instant.parse("2026-03-04T10:00:30Z");

    private static final int DAY = 1440;

    private final List<VersionChange> changes = new ArrayList<>();
    private final List<MachineSignals> machines = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    /**
     * @param changed how many machines change
     * @param unchanged how many don't
     * @param minutes how long the world goes on after the first change
     * @param spread minutes from the first change to the last
     * @param noise how much gauges stray from minute to minute, as a share
     */
    public record Size(int changed, int unchanged, int minutes, int spread, double noise) {}

    public World(Size size, List<Minute.Effect> effects, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < size.changed() + size.unchanged(); i++) {
            boolean isChanged = i < size.changed();
            int delay = isChanged && size.spread() > 0 ? i * size.spread() / size.changed() : 0;
            if (isChanged) {
                changes.add(new VersionChange("m" + i, "shop", "1", "2", CHANGE.plus(Duration.ofMinutes(delay))));
            }
            machines.add(machine(i, isChanged, delay, size, effects, random.split()));
        }
    }

    /** The question at a moment, with nothing in it that is not known then but later measurements, which must not count. */
    public Question at(int minute) {
        Instant now = CHANGE.plus(Duration.ofMinutes(minute));
        return new Question("shop", "2", now, Signal.standard(), changes, machines, faults);
    }

    private MachineSignals machine(
            int index, boolean isChanged, int delay, Size size, List<Minute.Effect> effects, SplittableRandom random) {
        int length = DAY + size.minutes();
        double[] requests = new double[length];
        double[] errors = new double[length];
        double[] crashes = new double[length];
        double[] memory = new double[length];
        double[] cpu = new double[length];
        double[] latency = new double[length];
        double load = Math.exp(0.3 * random.nextGaussian());
        double drift = 0;
        for (int i = 0; i < length; i++) {
            int time = i - DAY;
            Instant at = CHANGE.plus(Duration.ofMinutes(time));
            Minute minute = new Minute(
                    index,
                    isChanged,
                    time - delay,
                    time,
                    random,
                    signature -> faults.add(new Fault("m" + index, signature, at)));
            minute.requests = 300 * load;
            minute.errorShare = 0.001;
            minute.crashesAnHour = 0.0005;
            minute.memory = 500;
            minute.cpu = 0.3 * load;
            minute.latency = 40;
            effects.forEach(effect -> effect.on(minute));
            drift = 0.95 * drift + 0.3 * random.nextGaussian();
            requests[i] = poisson(minute.requests, random);
            errors[i] = Math.min(requests[i], poisson(requests[i] * minute.errorShare, random));
            crashes[i] = poisson(minute.crashesAnHour / 60, random);
            memory[i] = stray(minute.memory, size.noise() / 2, drift, random);
            cpu[i] = stray(minute.cpu, size.noise() * 2, drift, random);
            latency[i] = stray(minute.latency, size.noise() * 2, drift, random);
        }
        Instant start = CHANGE.minus(Duration.ofMinutes(DAY)).minusSeconds(30);
        return new MachineSignals(
                "m" + index,
                Map.of(
                        "requests", series(start, requests),
                        "errors", series(start, errors),
                        "crashes", series(start, crashes),
                        "memory", series(start, memory),
                        "cpu", series(start, cpu),
                        "latency", series(start, latency)));
    }

    private static Series series(Instant start, double[] values) {
        return Series.of(start, Duration.ofMinutes(1), values);
    }

    private static double stray(double level, double noise, double drift, SplittableRandom random) {
        return Math.max(0, level * (1 + noise * (random.nextGaussian() + drift)));
    }

    private static double poisson(double mean, SplittableRandom random) {
        if (mean > 50) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
