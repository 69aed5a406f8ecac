package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Admission;
import dev.flotilla.agent.decision.Fetch;
import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.decision.ServiceRecord;
import dev.flotilla.agent.decision.Step;
import dev.flotilla.agent.decision.SupervisionDecision;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.process.FoundProcess;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.registry.RunningReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service on one machine: a virtual thread that hears events one after the other, asks {@link SupervisionDecision} what to do, and
 * does it. Only this thread touches what it knows; others see the last report and record.
 */
final class SupervisedService {
    private static final Logger log = LoggerFactory.getLogger(SupervisedService.class);
    private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

    private final ServiceFolder folder;
    private final Tools tools;
    private final BlockingQueue<Event> mailbox = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final ServiceMemory memory;
    private final ServiceActions actions;
    private volatile @Nullable RunningReport report;
    private volatile ServiceRecord record;
    private boolean closed;

    SupervisedService(ServiceFolder folder, Tools tools, ServiceRecord record) {
        this.folder = folder;
        this.tools = tools;
        this.record = record;
        this.memory = new ServiceMemory(record);
        this.actions = new ServiceActions(folder, tools, memory, mailbox::add);
    }

    /**
     * Begins.
     *
     * @param found what an earlier run of the agent left running of this service
     * @return completes when it is known what runs, so that the first report is a true one
     */
    CompletableFuture<Void> start(List<FoundProcess> found) {
        CompletableFuture<Void> known = new CompletableFuture<>();
        Thread.ofVirtual().name(folder.machine() + "/" + folder.service()).start(() -> {
            try {
                Adoption adoption = new Adoption(folder, tools, memory, mailbox::add);
                List<FoundProcess> others = adoption.takeOver(found);
                publish();
                known.complete(null);
                adoption.stop(others);
                work();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                known.complete(null);
                finished.complete(null);
            }
        });
        return known;
    }

    CompletableFuture<OrderReceipt> order(Order order) {
        CompletableFuture<OrderReceipt> receipt = new CompletableFuture<>();
        mailbox.add(new Event.Ordered(order, receipt));
        return receipt;
    }

    /** Completes when the thread has ended, and the process too where it was to be stopped. */
    CompletableFuture<Void> close(boolean stopService) {
        mailbox.add(new Event.Closed(stopService));
        return finished;
    }

    /** Null for a service that has never been accepted here. */
    @Nullable
    RunningReport report() {
        return record.order() == null && record.current() == null ? null : report;
    }

    ServiceRecord record() {
        return record;
    }

    ServiceFolder folder() {
        return folder;
    }

    private void work() throws InterruptedException {
        while (!closed) {
            try {
                Step step = SupervisionDecision.next(
                        memory.situation(), tools.rules(), tools.clock().instant());
                publish();
                if (step instanceof Step.Wait wait) {
                    hear(wait.until());
                } else {
                    actions.perform(step);
                    publish();
                }
                for (Event event = mailbox.poll(); event != null && !closed; event = mailbox.poll()) {
                    handle(event);
                }
            } catch (IOException | RuntimeException e) {
                log.error("{} on {}: {}; trying again", folder.service(), folder.machine(), e.toString(), e);
                hear(tools.clock().instant().plus(AFTER_ERROR));
            }
        }
    }

    private void hear(@Nullable Instant until) throws InterruptedException {
        Event event = until == null
                ? mailbox.take()
                : mailbox.poll(
                        Math.max(
                                1,
                                Duration.between(tools.clock().instant(), until).toMillis() + 1),
                        TimeUnit.MILLISECONDS);
        if (event != null) {
            handle(event);
        }
    }

    private void handle(Event event) throws InterruptedException {
        switch (event) {
            case Event.Ordered(Order order, CompletableFuture<OrderReceipt> receipt) -> accept(order, receipt);
            case Event.Obtained obtained -> obtained(obtained);
            case Event.Ended ended -> actions.ended(ended.run(), ended.exit());
            case Event.HealthSeen seen -> {
                if (memory.run == seen.run()) {
                    seen.run().health = seen.health();
                }
            }
            case Event.Closed(boolean stopService) -> {
                closed = true;
                actions.close(stopService);
            }
        }
    }

    private void accept(Order order, CompletableFuture<OrderReceipt> receipt) {
        Instant now = tools.clock().instant();
        try {
            switch (Admission.judge(order, memory.record, now)) {
                case Admission.Repeated repeated -> receipt.complete(repeated.receipt());
                case Admission.Refused refused -> receipt.completeExceptionally(new OrderRefusedException(refused));
                case Admission.Admitted ignored -> {
                    ServiceRecord accepted = memory.record.accept(order);
                    tools.records().write(folder, accepted);
                    memory.beginOrder(accepted);
                    actions.completeIfItRuns();
                    publish();
                    receipt.complete(memory.record.receipt(order.id()).orElseThrow());
                }
            }
        } catch (IOException | RuntimeException e) {
            receipt.completeExceptionally(e);
        }
    }

    private void obtained(Event.Obtained obtained) {
        Release release = obtained.release();
        if (obtained.order() == null) {
            memory.mending = false;
            memory.mended = obtained.failure() == null ? release : null;
            if (obtained.failure() != null) {
                actions.couldNotStart(obtained.failure());
            }
        } else if (memory.record.underWay()
                && memory.record.order() != null
                && memory.record.order().id().equals(obtained.order())) {
            memory.fetch = obtained.failure() == null
                    ? new Fetch.Ready()
                    : new Fetch.Failed(release.version() + " can't be run: " + obtained.failure());
        }
    }

    private void publish() {
        record = memory.record;
        RunningReport now = memory.report(tools.rules(), tools.clock().instant(), report);
        if (!now.equals(report)) {
            report = now;
            if (record.order() != null) {
                tools.listener().changed(folder.machine());
            }
        }
    }
}
