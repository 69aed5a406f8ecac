package dev.flotilla.agent;

import dev.flotilla.agent.decision.SupervisionRules;
import dev.flotilla.agent.install.BundleLimits;
import dev.flotilla.agent.payload.Fetcher;
import dev.flotilla.api.MachineNames;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.SequencedSet;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the agent works.
 *
 * @param machines the machines that it carries; ranges such as {@code m1..m100} are allowed
 * @param stayUp how long a process must be up to count as running
 * @param probeDeadline how long a process may take to pass its probe for the first time
 * @param stopGrace from SIGTERM to SIGKILL, where a bundle does not say otherwise
 * @param stopServicesOnExit true to stop the processes when the agent is stopped; false leaves them running, and the next run of the
 *     agent adopts them
 * @param reportInterval from one heartbeat to the next
 * @param downloads how many payloads are fetched at once
 * @param downloadStall a download that stands still for so long is begun again where it stopped
 * @param downloadPatience a download that has brought no byte for so long, however often it was begun again, is given up
 * @param logSize a service's log is rotated when it is longer
 * @param logFiles how many older log files of a service are kept
 * @param bundleSize a bundle may not unpack to more
 * @param bundleEntries nor to more files, folders and links
 * @param restart when a process that ended by itself is started again
 */
@Validated
@ConfigurationProperties("flotilla.agent")
record AgentProperties(
        @DefaultValue List<String> machines,

        @NotNull @DurationMin(millis = 1) @DefaultValue("PT10S")
        Duration stayUp,

        @NotNull @DurationMin(millis = 1) @DefaultValue("PT60S")
        Duration probeDeadline,

        @NotNull @DurationMin(millis = 1) @DefaultValue("PT10S")
        Duration stopGrace,

        @DefaultValue("false") boolean stopServicesOnExit,

        @NotNull @DurationMin(millis = 100) @DefaultValue("PT60S")
        Duration reportInterval,

        @Min(1) @Max(64) @DefaultValue("4") int downloads,

        @NotNull @DurationMin(millis = 100) @DefaultValue("PT30S")
        Duration downloadStall,

        @NotNull @DurationMin(millis = 100) @DefaultValue("PT60S")
        Duration downloadPatience,

        @NotNull @DefaultValue("10MB") DataSize logSize,
        @Min(0) @Max(100) @DefaultValue("3") int logFiles,
        @NotNull @DefaultValue("20GB") DataSize bundleSize,
        @Min(1) @DefaultValue("100000") int bundleEntries,
        @NotNull @DefaultValue Restart restart) {

    /**
     * The backoff of restarts.
     *
     * @param first the pause before the first restart; it doubles with each
     * @param longest the pause grows no longer
     * @param reset a process that was up for so long starts again with the first pause
     * @param crashLoopAfter so many failures in a row are reported as a crash loop: crashed, until it was up for so long as {@code reset} says
     */
    record Restart(
            @NotNull @DurationMin(millis = 1) @DefaultValue("PT1S")
            Duration first,

            @NotNull @DurationMin(millis = 1) @DefaultValue("PT60S")
            Duration longest,

            @NotNull @DurationMin(millis = 1) @DefaultValue("PT60S")
            Duration reset,

            @Min(1) @DefaultValue("5") int crashLoopAfter) {}

    /** @throws IllegalStateException where nothing says which machine this is */
    SequencedSet<String> carried(String machine) {
        SequencedSet<String> names = MachineNames.expand(machines);
        names.addAll(MachineNames.expand(List.of(machine)));
        if (names.isEmpty()) {
            throw new IllegalStateException("say which machine this is: --flotilla.machine=m1, or "
                    + "--flotilla.agent.machines=m1..m100 for an agent that carries many");
        }
        return names;
    }

    SupervisionRules rules() {
        return new SupervisionRules(
                stayUp, probeDeadline, restart.first(), restart.longest(), restart.reset(), restart.crashLoopAfter());
    }

    Fetcher.Limits fetchLimits() {
        return new Fetcher.Limits(downloads, downloadPatience);
    }

    BundleLimits bundleLimits() {
        return new BundleLimits(bundleSize.toBytes(), bundleEntries);
    }
}
