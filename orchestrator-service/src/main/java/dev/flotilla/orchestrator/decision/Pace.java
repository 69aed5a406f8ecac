package dev.flotilla.orchestrator.decision;

import java.time.Duration;

/**
 * How long the orchestrator waits for what.
 *
 * @param retryFirst the wait after the first failed attempt; it doubles with every further one
 * @param retryMost the longest wait between attempts
 * @param resendFirst the wait before an unanswered order is sent again; it doubles too
 * @param resendMost the longest wait between sendings
 * @param orderTimeout an order that has not come to an end after this counts as failed
 * @param progressDeadline a rollout in which no machine became healthy for so long halts; what only waits for a policy is passed by
 * @param grace how long the registry must have been followed without a break before its silence counts against a machine
 * @param inTransit how long after it was sent an order that nobody answered may still come to its agent and be taken, be their clocks a little wrong
 */
public record Pace(
        Duration retryFirst,
        Duration retryMost,
        Duration resendFirst,
        Duration resendMost,
        Duration orderTimeout,
        Duration progressDeadline,
        Duration grace,
        Duration inTransit) {}
