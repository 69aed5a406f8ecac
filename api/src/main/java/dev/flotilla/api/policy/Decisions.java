package dev.flotilla.api.policy;

import java.util.List;

/** One decision for each machine that was asked about, in the same order. */
public record Decisions(List<Decision> decisions) {}
