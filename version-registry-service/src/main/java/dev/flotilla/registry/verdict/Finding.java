package dev.flotilla.registry.verdict;

/**
 * What a rule makes of one signal in one window.
 *
 * @param p the probability to see this of a harmless version, in this one test
 * @param weight against other findings, when they share the permitted false alarms; 0 for what is never blamed on the version
 * @param large whether it is as much as the least harm, without the worst machines
 * @param missed the probability to see so little of a version that does the least harm
 */
record Finding(Evidence evidence, double p, double weight, boolean large, double missed) {
    /** What is this unlikely, and large, is not passed over in silence even where it is not proven. */
    private static final double SUSPICIOUS = 0.001;

    boolean suspicious() {
        return large && weight > 0 && p <= SUSPICIOUS;
    }

    /** The more, the surer. */
    double strength() {
        return weight / Math.max(p, Double.MIN_NORMAL);
    }
}
