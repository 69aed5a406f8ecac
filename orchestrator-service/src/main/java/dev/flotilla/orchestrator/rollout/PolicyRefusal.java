package dev.flotilla.orchestrator.rollout;

import java.time.Instant;

/**
 * A machine that a policy speaks against.
 *
 * @param policy its name, as the rule is named where the machine stands
 * @param since when that was found first, of the looks in a row at which the machine was asked about
 */
public record PolicyRefusal(String policy, Instant since) {}
