package dev.flotilla.policy.decision.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with windows at a moment.
 *
 * @param open whether one of them is open
 * @param until when that changes; null where it does not in the foreseeable future
 */
public record Opening(boolean open, @Nullable Instant until) {}
