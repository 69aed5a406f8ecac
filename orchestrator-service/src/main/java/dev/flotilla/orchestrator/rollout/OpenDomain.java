package dev.flotilla.orchestrator.rollout;

import java.time.Instant;

/** The fault domain that the others of a rollout wait for, since the look at which it was found first. */
public record OpenDomain(String faultDomain, Instant since) {}
