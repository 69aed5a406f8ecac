package dev.flotilla.console.watch;

import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Lets each follower take its steps, on a thread of its own, for as long as the console runs. */
@Component
class Loops implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Loops.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final List<Follower> followers;
    private final Reachability reachability;
    private final List<Thread> threads = new ArrayList<>();

    Loops(List<Follower> followers, Reachability reachability) {
        this.followers = followers;
        this.reachability = reachability;
    }

    @Override
    public synchronized void start() {
        for (Follower follower : followers) {
            threads.add(Thread.ofVirtual().name("follow-" + follower.service()).start(() -> run(follower)));
        }
    }

    @Override
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
        threads.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
    }

    private void run(Follower follower) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(step(follower));
            }
        } catch (InterruptedException e) {
            log.debug("{} is no longer followed: the console stops", follower.service());
        }
    }

    private Duration step(Follower follower) throws InterruptedException {
        try {
            Duration pause = follower.follow();
            reachability.answered(follower.service());
            return pause;
        } catch (RemoteUnavailable | RemoteProblem e) {
            failed(follower, e);
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                log.error("following {} failed unexpectedly", follower.service(), e);
                failed(follower, e);
            }
        }
        return AFTER_FAILURE;
    }

    private void failed(Follower follower, RuntimeException e) {
        if (!Thread.currentThread().isInterrupted()) {
            String message = e.getMessage();
            reachability.failed(
                    follower.service(),
                    message == null ? e.getClass().getSimpleName() : message,
                    follower.consequence());
        }
    }
}
