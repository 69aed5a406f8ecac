package dev.flotilla.platform.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** A step that is taken again and again on a virtual thread, from the start of the service to its end. */
public class Loop implements SmartLifecycle {
    /** One step. */
    @FunctionalInterface
    public interface Step {
        /** Does what there is to do and says how long to pause; an exception makes a pause of its own. */
        Duration run() throws InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private final String name;
    private final Duration pauseAfterFailure;
    private final Step step;
    private volatile boolean stopped = true;
    private @Nullable Thread thread;
    private boolean failing;

    /**
     * @param name what the thread is called in logs
     * @param pauseAfterFailure how long to wait after a step that threw
     */
    public Loop(String name, Duration pauseAfterFailure, Step step) {
        this.name = name;
        this.pauseAfterFailure = pauseAfterFailure;
        this.step = step;
    }

    @Override
    public synchronized void start() {
        stopped = false;
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }

    private void run() {
        while (!stopped) {
            try {
                Thread.sleep(once());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Duration once() throws InterruptedException {
        try {
            Duration pause = step.run();
            if (failing) {
                log.info("{} works again", name);
            }
            failing = false;
            return pause;
        } catch (RuntimeException e) {
            if (!stopped && !failing) {
                log.warn("{} fails and is tried again every {}: {}", name, pauseAfterFailure, e.toString());
            }
            failing = true;
            return pauseAfterFailure;
        }
    }
}
