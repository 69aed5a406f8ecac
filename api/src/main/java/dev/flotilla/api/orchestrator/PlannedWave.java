package dev.flotilla.api.orchestrator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Machines that a rollout will change together.
 *
 * @param number counts the waves of the rollout, from 1
 * @param faultDomain null for {@link WaveKind#MENDING}
 * @param machines how many they are, those that are being changed already included
 * @param underWay how many are being changed already, prove themselves, or wait for their next attempt
 * @param proving how many of these have the version, and only prove themselves
 * @param names the first of them in their order, as many as were asked for
 * @param atOnce how many at once: what {@code maxUnavailable}, the limit of the group and the machines that are unavailable already leave; 0 where
 *     they leave nothing, and {@code waits} says why
 * @param batches how often so many are taken until all were
 * @param begins how long until it begins; null where that is not known
 * @param takes how long it takes from then until all run the version and have proved themselves; null where that is not known
 * @param asking how much of that, at its beginning, is the time that tenants have to answer
 * @param waits what it waits for before and while it goes on; an empty list for nothing
 */
public record PlannedWave(
        int number,
        WaveKind kind,
        @Nullable String faultDomain,
        int machines,
        int underWay,
        int proving,
        List<String> names,
        int atOnce,
        int batches,
        @Nullable Duration begins,
        @Nullable Duration takes,
        Duration asking,
        List<RolloutExplanation.Wait> waits) {}
