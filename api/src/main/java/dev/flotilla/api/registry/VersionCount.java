package dev.flotilla.api.registry;

import java.util.Map;

/**
 * How many machines have a version.
 *
 * @param machines all of them, the lost ones included
 * @param states how many in each state; states that none is in are left out
 * @param lost how many of them are lost
 */
public record VersionCount(String version, long machines, Map<RunState, Long> states, long lost) {}
