package dev.flotilla.orchestrator.decision;

/** What the other rollouts of the same deployment count: machines that are theirs, superseded ones left out, and how many of them failed. */
public record Elsewhere(int machines, int failed) {
    public static final Elsewhere NOTHING = new Elsewhere(0, 0);
}
