package dev.flotilla.api.orchestrator;

/** How many machines stand where; see {@link MachinePhase}. */
public record Counts(int waiting, int fetching, int switching, int running, int failed, int excused, int superseded) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                waiting + other.waiting,
                fetching + other.fetching,
                switching + other.switching,
                running + other.running,
                failed + other.failed,
                excused + other.excused,
                superseded + other.superseded);
    }

    public int total() {
        return waiting + fetching + switching + running + failed + excused + superseded;
    }
}
