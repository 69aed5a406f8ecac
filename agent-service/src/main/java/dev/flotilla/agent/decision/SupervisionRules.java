package dev.flotilla.agent.decision;

import java.time.Duration;

/**
 * How patient the agent is.
 *
 * @param stayUp how long a process must be up to count as running
 * @param probeDeadline how long a process may take to pass its probe for the first time
 * @param firstBackoff the pause before the first restart; it doubles with each
 * @param longestBackoff the pause grows no longer
 * @param backoffReset a process that was up for so long starts again with the first backoff; a crash loop is over then
 * @param crashLoopAfter so many failures in a row are a crash loop
 */
public record SupervisionRules(
        Duration stayUp,
        Duration probeDeadline,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration backoffReset,
        int crashLoopAfter) {}
