package dev.flotilla.registry.changes;

import dev.flotilla.registry.decision.Statement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Group commit: statements wait here while a transaction is on its way, and all that wait go together into the next one. One thread
 * takes them out, in the order in which they came, and is the only one that ever changes the fleet; while nothing waits it follows the
 * other instances.
 */
@Component
public class ChangeQueue {
    private static final Logger log = LoggerFactory.getLogger(ChangeQueue.class);
    private static final int MOST_IN_A_TRANSACTION = 10_000;
    private static final int MOST_WAITING = 200_000;

    private final ChangeWriter writer;
    private final Freshness freshness;
    private final long followMillis;
    private final Timer commits;
    private final LinkedBlockingQueue<Submission> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> pending = new ConcurrentHashMap<>();
    private volatile boolean open;
    private @Nullable Thread thread;

    ChangeQueue(ChangeWriter writer, Freshness freshness, FeedProperties properties, MeterRegistry meters) {
        this.writer = writer;
        this.freshness = freshness;
        this.followMillis = properties.followInterval().toMillis();
        this.commits = Timer.builder("flotilla.report.flush")
                .description("transactions that make changes durable")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        meters.gauge("flotilla.report.waiting", waiting);
    }

    /**
     * True while something of this machine is on its way: what the fleet says of it may be about to change. A caller that asks this
     * first, and the fleet after, can't miss a change that was answered before it asked.
     */
    public boolean isPending(String machine) {
        return !pending.isEmpty() && pending.containsKey(machine);
    }

    /**
     * Makes all of the statements durable, or none.
     *
     * @throws NotDurableException when that does not happen within the time
     */
    public void submit(List<Statement> statements, long millis) {
        if (!open) {
            throw new NotDurableException("this instance is stopping", null);
        }
        if (waiting.get() > MOST_WAITING) {
            throw new NotDurableException("too much is waiting for the database", null);
        }
        waiting.addAndGet(statements.size());
        Submission submission = new Submission(statements);
        statements.forEach(statement -> pending.merge(statement.machine(), 1, Integer::sum));
        queue.add(submission);
        submission.await(millis);
    }

    /** Begins to work. The fleet and the feed stand at the same change. */
    public void start() {
        open = true;
        thread = Thread.ofVirtual().name("registry-writer").start(this::work);
    }

    /** Ends once all that waits is durable. */
    public void stop() {
        open = false;
        queue.add(new Submission(List.of())); // wakes the thread
        try {
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (open || !queue.isEmpty()) {
            List<Submission> group = next();
            try {
                if (group.isEmpty()) {
                    writer.follow();
                } else {
                    commits.record(() -> commit(group));
                }
                freshness.current();
            } catch (RuntimeException e) {
                freshness.failed(e);
            }
        }
    }

    private List<Submission> next() {
        List<Submission> group = new ArrayList<>();
        try {
            int statements = 0;
            Submission next = queue.poll(followMillis, TimeUnit.MILLISECONDS);
            while (next != null) {
                if (next.take()) {
                    group.add(next);
                    statements += next.statements().size();
                } else {
                    leave(next);
                }
                next = statements < MOST_IN_A_TRANSACTION ? queue.poll() : null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return group;
    }

    private void commit(List<Submission> group) {
        try {
            writer.write(group.stream().flatMap(s -> s.statements().stream()).toList());
            group.forEach(submission -> {
                leave(submission);
                submission.succeeded();
            });
        } catch (RuntimeException e) {
            if (group.size() > 1 && !isDatabaseAway(e)) {
                log.warn("{} reports could not be written together: trying each by itself", group.size(), e);
                group.forEach(submission -> commit(List.of(submission)));
                return;
            }
            group.forEach(submission -> {
                leave(submission);
                submission.failed(e);
            });
            throw e;
        }
    }

    private void leave(Submission submission) {
        waiting.addAndGet(-submission.statements().size());
        for (Statement statement : submission.statements()) {
            pending.computeIfPresent(statement.machine(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private static boolean isDatabaseAway(RuntimeException e) {
        return e instanceof DataAccessResourceFailureException
                || e instanceof TransientDataAccessException
                || e instanceof CannotCreateTransactionException;
    }
}
