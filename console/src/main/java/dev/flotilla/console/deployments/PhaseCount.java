package dev.flotilla.console.deployments;

/** How many machines stand in a phase. */
public record PhaseCount(String css, String name, int machines) {}
