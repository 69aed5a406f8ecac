package dev.flotilla.registry.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A kind of deployment, of which the truth is known. Sizes and strengths follow from the seed. */
public enum Scenario {
    CRASH_AT_START(60),
    ERROR_RISE(60),
    ERROR_RISE_NOISY(60),
    ERROR_RISE_IN_RHYTHM(60),
    ERROR_RISE_IN_NETWORK_FAULT(300),
    SLOWER(120),
    NEW_FAULT(240),
    MEMORY_LEAK(720),
    LATE_REGRESSION(720),
    TINY_CANARY_CRASHES(60),
    HEALTHY(720),
    BETTER(720),
    HEALTHY_IN_WAVES(720),
    SLOW_START(720),
    CACHES_FILL(720),
    SLIGHTLY_MORE(360),
    OTHER_WORK(720),
    NETWORK_FAULT(720),
    NETWORK_FAULT_OTHER_WORK(720),
    NETWORK_FAULT_OF_SOME(720),
    NOISY(720),
    WEEKLY_RHYTHM(720),
    BROKEN_MACHINE(720),
    KNOWN_FAULT(1440),
    TINY_CANARY(720);

    private final int minutes;

    Scenario(int minutes) {
        this.minutes = minutes;
    }

    /** How long it is watched. */
    public int minutes() {
        return minutes;
    }

    public boolean harmful() {
        return ordinal() <= TINY_CANARY_CRASHES.ordinal();
    }

    public boolean tiny() {
        return this == TINY_CANARY || this == TINY_CANARY_CRASHES;
    }

    /** One of its kind. */
    public Run run(long seed) {
        Random random = new Random(seed * 31 + ordinal());
        List<Minute.Effect> effects = new ArrayList<>();
        effects.add(Effects.rhythm(0.15, random.nextDouble()));
        int begins = add(effects, random);
        int changed = switch (this) {
            case TINY_CANARY, TINY_CANARY_CRASHES -> 1 + random.nextInt(5);
            case SLIGHTLY_MORE -> 400;
            default -> 10 + random.nextInt(51);
        };
        int spread = this == HEALTHY_IN_WAVES ? 60 + random.nextInt(300) : 0;
        int unchanged = this == SLIGHTLY_MORE ? 600 : 60 + random.nextInt(141);
        double noise = this == NOISY || this == ERROR_RISE_NOISY ? 0.08 : 0.02;
        World.Size size = new World.Size(changed, unchanged, minutes, spread, noise);
        return new Run(new World(size, effects, random.nextLong()), begins);
    }

    /**
     * A world, and its truth.
     *
     * @param begins minutes after the first change at which harm begins; 0 where there is none
     */
    public record Run(World world, int begins) {}

    private int add(List<Minute.Effect> effects, Random random) {
        switch (this) {
            case CRASH_AT_START -> effects.add(Effects.crashAtStart(random.nextBoolean() ? 1 : 0.4));
            case TINY_CANARY_CRASHES -> effects.add(Effects.crashAtStart(1));
            case ERROR_RISE -> effects.add(Effects.moreErrors(0.01, 0));
            case ERROR_RISE_NOISY -> {
                effects.add(Effects.bursts(1 + 2 * random.nextDouble(), random.nextLong()));
                effects.add(Effects.moreErrors(0.01, 0));
            }
            case ERROR_RISE_IN_RHYTHM -> {
                effects.add(Effects.rhythm(0.5, random.nextDouble()));
                effects.add(Effects.moreErrors(0.01, 0));
            }
            case ERROR_RISE_IN_NETWORK_FAULT -> {
                effects.add(network(random));
                effects.add(Effects.moreErrors(0.01, 0));
            }
            case SLOWER -> effects.add(Effects.slower(1.3, 0));
            case NEW_FAULT -> effects.add(Effects.newFault(0.3 + 0.5 * random.nextDouble()));
            case MEMORY_LEAK -> effects.add(Effects.leak(0.02 + 0.1 * random.nextDouble()));
            case LATE_REGRESSION -> {
                int begins = 120 + random.nextInt(360);
                effects.add(
                        switch (random.nextInt(3)) {
                            case 0 -> Effects.moreErrors(0.01, begins);
                            case 1 -> Effects.slower(1.4, begins);
                            default -> Effects.crashes(1, begins);
                        });
                return begins;
            }
            case BETTER -> {
                effects.add(Effects.slower(0.8, 0));
                effects.add(Effects.slightlyMore(-0.2));
            }
            case SLOW_START -> effects.add(Effects.startUp(1 + random.nextInt(4)));
            case CACHES_FILL ->
                effects.add(Effects.cachesFill(0.1 + 0.5 * random.nextDouble(), 10 + random.nextInt(300)));
            case SLIGHTLY_MORE -> effects.add(Effects.slightlyMore(0.02 + 0.06 * random.nextDouble()));
            case OTHER_WORK -> effects.add(Effects.otherWork(0.4 + 2 * random.nextDouble()));
            case NETWORK_FAULT -> effects.add(network(random));
            case NETWORK_FAULT_OTHER_WORK -> {
                effects.add(Effects.otherWork(0.4 + 2 * random.nextDouble()));
                effects.add(network(random));
            }
            case NETWORK_FAULT_OF_SOME -> {
                Minute.Effect network = network(random);
                double share = 0.1 + 0.5 * random.nextDouble();
                effects.add(minute -> {
                    if (minute.trait(5) < share) {
                        network.on(minute);
                    }
                });
            }
            case NOISY -> effects.add(Effects.bursts(1 + 4 * random.nextDouble(), random.nextLong()));
            case WEEKLY_RHYTHM -> effects.add(Effects.rhythm(0.6, random.nextDouble()));
            case BROKEN_MACHINE -> effects.add(Effects.brokenMachine(random.nextInt(120)));
            case KNOWN_FAULT -> effects.add(Effects.knownFault(random.nextInt(24)));
            case HEALTHY, HEALTHY_IN_WAVES, TINY_CANARY -> {}
        }
        return 0;
    }

    private static Minute.Effect network(Random random) {
        int from = random.nextInt(-30, 30);
        return Effects.networkFault(
                from, from + 30 + random.nextInt(150), 0.01 + 0.1 * random.nextDouble(), 100 * random.nextDouble());
    }
}
