package dev.flotilla.registry.verdict;

import java.time.Instant;

/**
 * Something that went wrong on a machine.
 *
 * @param signature what faults of the same kind have in common, such as an exception's type and place
 */
public record Fault(String machine, String signature, Instant at) {}
