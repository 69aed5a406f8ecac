package dev.flotilla.agent;

import dev.flotilla.agent.payload.PayloadStore;
import dev.flotilla.agent.svcmgr.SvcMgr;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the disk from filling up: rotates logs, and removes payloads that no version needs. */
final class Housekeeping {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int CLEAN_EVERY = 6;

    private final SvcMgr services;
    private final PayloadStore store;
    private final AgentProperties properties;
    private @Nullable Thread thread;

    Housekeeping(SvcMgr services, PayloadStore store, AgentProperties properties) {
        this.services = services;
        this.store = store;
        this.properties = properties;
    }

    synchronized void start() {
        thread = Thread.ofVirtual().name("housekeeping").start(() -> {
            try {
                for (int round = 1; true; round++) {
                    Thread.sleep(PAUSE);
                    keep(round);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** One round. Whatever goes wrong in it, the next one comes. */
    private void keep(int round) {
        try {
            services.rotateLogs(properties.logSize().toBytes(), properties.logFiles());
            if (round % CLEAN_EVERY == 0) {
                clean();
            }
        } catch (RuntimeException e) {
            log.warn("logs or payloads can't be kept in bounds, trying again in {}", PAUSE, e);
        }
    }

    private void clean() {
        try {
            int removed = store.clean(services::neededDigests);
            if (removed > 0) {
                log.info("removed {} payloads that no version needs any more", removed);
            }
        } catch (IOException e) {
            log.warn("payloads that no version needs can't be removed: {}", e.toString());
        }
    }
}
