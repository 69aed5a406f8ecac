package dev.flotilla.agent.report;

import dev.flotilla.agent.svcmgr.SvcMgr;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells version-registry-service what runs: changes at once, together for all machines that change in the same moment, and everything as
 * a heartbeat. Only the latest state of a machine matters; it is told until it has been heard.
 */
public final class Reporter {
    private static final Logger log = LoggerFactory.getLogger(Reporter.class);
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final int MOST_AT_ONCE = 1_000;

    private final SvcMgr services;
    private final RegistryApi registry;
    private final ChangeBell bell;
    private final Duration interval;
    private @Nullable Thread thread;

    public Reporter(SvcMgr services, RegistryApi registry, ChangeBell bell, Duration interval) {
        this.services = services;
        this.registry = registry;
        this.bell = bell;
        this.interval = interval;
    }

    public synchronized void start() {
        thread = Thread.ofVirtual().name("reporter").start(() -> {
            try {
                work();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void work() throws InterruptedException {
        Set<String> untold = new HashSet<>();
        long heartbeat = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            if (untold.isEmpty()) {
                bell.await(Duration.ofNanos(Math.max(0, heartbeat - System.nanoTime())));
                Thread.sleep(GATHER);
            }
            if (System.nanoTime() - heartbeat >= 0) {
                untold.addAll(services.machines());
                heartbeat = System.nanoTime() + jitter(interval).toNanos();
            }
            untold.addAll(bell.take());
            tell(untold);
            if (untold.isEmpty()) {
                pause = FIRST_PAUSE;
            } else {
                Thread.sleep(jitter(pause));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** What has been told, or will never be heard, is taken out of the set. */
    private void tell(Set<String> untold) {
        List<String> machines = new ArrayList<>(untold);
        for (int from = 0; from < machines.size(); from += MOST_AT_ONCE) {
            List<String> some = machines.subList(from, Math.min(from + MOST_AT_ONCE, machines.size()));
            try {
                send(some);
                untold.removeAll(some);
            } catch (RemoteProblem e) {
                log.warn("version-registry-service refuses the report of {} machines: {}", some.size(), e.getMessage());
                if (e.status() == 400 || e.status() == 403 || e.status() == 422) {
                    tellOneByOne(some, untold);
                }
            } catch (RuntimeException e) {
                log.warn(
                        "version-registry-service has not heard of {} machines, trying again: {}",
                        some.size(),
                        e.getMessage());
                return;
            }
        }
    }

    /** One machine whose report is refused must not silence the others. */
    private void tellOneByOne(List<String> machines, Set<String> untold) {
        for (String machine : machines) {
            try {
                send(List.of(machine));
                untold.remove(machine);
            } catch (RemoteProblem e) {
                log.error(
                        "the report of {} is refused, and given again with the next heartbeat: {}",
                        machine,
                        e.getMessage());
                untold.remove(machine);
            }
        }
    }

    private void send(List<String> machines) {
        List<MachineReport> reports =
                machines.stream().map(services::report).filter(Objects::nonNull).toList();
        registry.report(new ReportBatch(reports));
    }

    private static Duration jitter(Duration duration) {
        return duration.multipliedBy(ThreadLocalRandom.current().nextInt(85, 116))
                .dividedBy(100);
    }
}
