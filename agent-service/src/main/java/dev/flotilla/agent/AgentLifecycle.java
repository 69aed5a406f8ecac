package dev.flotilla.agent;

import dev.flotilla.agent.report.Reporter;
import dev.flotilla.agent.svcmgr.SvcMgr;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.context.SmartLifecycle;

/** Starts the agent's parts before the first request can come in, and stops them after the last. */
final class AgentLifecycle implements SmartLifecycle {
    private final SvcMgr services;
    private final Reporter reporter;
    private final Housekeeping housekeeping;
    private final boolean stopServices;
    private volatile boolean running;

    AgentLifecycle(SvcMgr services, Reporter reporter, Housekeeping housekeeping, boolean stopServices) {
        this.services = services;
        this.reporter = reporter;
        this.housekeeping = housekeeping;
        this.stopServices = stopServices;
    }

    @Override
    public void start() {
        try {
            services.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder can't be used: " + e.getMessage(), e);
        }
        reporter.start();
        housekeeping.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        housekeeping.stop();
        reporter.stop();
        services.close(stopServices);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
