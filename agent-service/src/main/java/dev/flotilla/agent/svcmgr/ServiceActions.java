package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Backoff;
import dev.flotilla.agent.decision.Fetch;
import dev.flotilla.agent.decision.Health;
import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.decision.ServiceRecord;
import dev.flotilla.agent.decision.Step;
import dev.flotilla.agent.decision.SupervisionDecision;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.install.InstallException;
import dev.flotilla.agent.log.ServiceLog;
import dev.flotilla.agent.payload.FetchException;
import dev.flotilla.agent.process.Exit;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.registry.OrderPhase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided for one service. Nothing here waits: what takes long comes back as an {@link Event}. */
final class ServiceActions {
    private static final Logger log = LoggerFactory.getLogger(ServiceActions.class);
    private static final int LONGEST_REASON = 3_900;
    private static final int BUSY_RETRIES = 20;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(25);

    private final ServiceFolder folder;
    private final Tools tools;
    private final ServiceMemory memory;
    private final Consumer<Event> mailbox;
    private final ServiceLog output;
    /** Fetching may take long and is done for several releases at once; installing is not. */
    private final Lock installing = new ReentrantLock();

    private int busy;

    ServiceActions(ServiceFolder folder, Tools tools, ServiceMemory memory, Consumer<Event> mailbox) {
        this.folder = folder;
        this.tools = tools;
        this.memory = memory;
        this.mailbox = mailbox;
        this.output = new ServiceLog(folder.log());
    }

    void perform(Step step) throws IOException {
        switch (step) {
            case Step.Obtain(Release release) -> obtainOrdered(release);
            case Step.BeginSwitch ignored -> beginSwitch();
            case Step.Lapse ignored -> lapse();
            case Step.Stop(String reason, boolean unwell) -> stop(reason, unwell);
            case Step.Start(Release release) -> start(release);
            case Step.Complete ignored -> complete();
            case Step.Fail(String reason) -> fail(reason);
            case Step.Wait ignored -> {}
        }
    }

    /** Spares an order that asks for what runs already every further step. */
    void completeIfItRuns() throws IOException {
        Step step = SupervisionDecision.next(
                memory.situation(), tools.rules(), tools.clock().instant());
        if (step instanceof Step.Complete) {
            complete();
        }
    }

    private void obtainOrdered(Release release) {
        Order order = Objects.requireNonNull(memory.record.order());
        if (memory.record.phase() == OrderPhase.ACCEPTED) {
            memory.record = memory.record.at(OrderPhase.FETCHING);
        }
        memory.fetch = new Fetch.UnderWay();
        boolean runs = memory.run != null && memory.run.release.equals(release);
        obtain(release, order.id(), runs);
    }

    private void obtain(Release release, @Nullable String order, boolean runs) {
        Thread.ofVirtual()
                .name("obtain-" + folder.service() + "-" + release.version())
                .start(() -> {
                    String failure = null;
                    try {
                        tools.acquisition().obtain(folder, release, runs, installing);
                    } catch (FetchException | InstallException e) {
                        failure = e.getMessage() == null ? e.toString() : e.getMessage();
                    } catch (RuntimeException | Error e) {
                        log.error("{} {} on {}", folder.service(), release.version(), folder.machine(), e);
                        failure = e.toString();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        failure = "the agent stops";
                    }
                    mailbox.accept(new Event.Obtained(release, order, failure));
                });
    }

    private void start(Release release) throws IOException {
        if (!tools.installer().intact(folder, release)) {
            mend(release);
            return;
        }
        memory.mended = null;
        boolean again = memory.backoff.failures() > 0 && release.equals(memory.record.current());
        try {
            Starter.Started started = tools.starter().start(folder, release, this::healthSeen);
            Run run = started.run();
            memory.run = run;
            memory.last = release;
            run.process.whenEnded(exit -> mailbox.accept(new Event.Ended(run, exit)));
            if (again && memory.record.phase() != OrderPhase.SWITCHING) {
                memory.restarts++;
                tools.listener().restarted();
            }
            log.info(
                    "{} {} started on {}, pid {}",
                    folder.service(),
                    release.version(),
                    folder.machine(),
                    run.process.pid());
            tools.records().writeLastRun(folder, new Records.LastRun(started.instance(), memory.restarts));
        } catch (IOException | InstallException e) {
            couldNotStart(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The installed files are not what was verified: they are put right before they are started. */
    private void mend(Release release) {
        if (release.equals(memory.mended)) {
            memory.mended = null;
            couldNotStart("its files are changed by something as soon as they are put right");
            return;
        }
        memory.mending = true;
        obtain(release, null, false);
    }

    private void healthSeen(Run run, Health health) {
        mailbox.accept(new Event.HealthSeen(run, health));
    }

    void couldNotStart(String reason) {
        if (memory.record.phase() == OrderPhase.SWITCHING) {
            memory.switchFailure = "it could not be started: " + reason;
        } else {
            crash("could not be started: " + reason, Duration.ZERO);
        }
    }

    /** On disk before anything is stopped: an agent that is killed in the middle of the switch knows that it had begun in time. */
    private void beginSwitch() throws IOException {
        ServiceRecord switching = memory.record.at(OrderPhase.SWITCHING);
        tools.records().write(folder, switching);
        memory.beginSwitch(switching);
    }

    private void lapse() throws IOException {
        Order order = Objects.requireNonNull(memory.record.order());
        end(memory.record.at(OrderPhase.FETCHED));
        boolean ahead = Boolean.TRUE.equals(order.ahead());
        log.info(
                "{} {} is fetched on {}{}; it waits for an order that permits the switch",
                folder.service(),
                order.version(),
                folder.machine(),
                ahead ? ", ahead of time" : ", after order " + order.id() + " had lapsed");
    }

    private void stop(String reason, boolean unwell) {
        Run run = Objects.requireNonNull(memory.run);
        log.info("{} {} is being stopped on {}: {}", folder.service(), run.release.version(), folder.machine(), reason);
        if (unwell) {
            run.stopUnwell(reason, tools.stopGrace());
        } else {
            run.stop(tools.stopGrace());
        }
    }

    void ended(Run run, Exit exit) throws InterruptedException {
        if (memory.run != run) {
            return;
        }
        memory.run = null;
        Instant now = tools.clock().instant();
        LastWords words = new LastWords(output, run);
        if (run.madeWay()) {
            log.info("{} {} stopped on {}", folder.service(), run.release.version(), folder.machine());
        } else if (words.fileWasBusy(exit) && ++busy <= BUSY_RETRIES) {
            Thread.sleep(BUSY_PAUSE);
        } else {
            String reason = run.unwell() == null
                    ? words.describe(exit, run.uptime(now))
                    : run.release.version() + " " + run.unwell();
            if (memory.record.phase() == OrderPhase.SWITCHING && run.release.equals(memory.record.ordered())) {
                memory.switchFailure = reason;
                note(reason);
            } else if (run.release.equals(memory.record.current())) {
                crash(reason, run.uptime(now));
            }
        }
    }

    private void crash(String reason, Duration uptime) {
        Instant now = tools.clock().instant();
        memory.crashed(uptime, now, ThreadLocalRandom.current().nextDouble(), tools.rules());
        String again = "starting again in " + LastWords.seconds(Duration.between(now, memory.backoff.notBefore()));
        String loop = memory.backoff.crashLoop(tools.rules())
                ? ", after " + memory.backoff.failures() + " failures in a row"
                : "";
        log.warn("{} on {}: {}; {}{}", folder.service(), folder.machine(), reason, again, loop);
        note(reason + "; " + again + loop);
    }

    private void complete() throws IOException {
        end(memory.record.at(OrderPhase.DONE));
        Release done = Objects.requireNonNull(memory.record.current());
        memory.backoff = Backoff.NONE;
        log.info("{} {} is done on {}", folder.service(), done.version(), folder.machine());
        tools.installer().clean(folder, memory.record.needed());
    }

    private void fail(String reason) throws IOException {
        Release current = memory.record.current();
        String whole = (reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason)
                + (current == null ? "" : "; back to " + current.version());
        end(memory.record.failed(whole));
        memory.switchFailure = null;
        memory.backoff = Backoff.NONE;
        log.warn("{} on {}: the order failed: {}", folder.service(), folder.machine(), whole);
    }

    private void end(ServiceRecord ended) throws IOException {
        tools.records().write(folder, ended);
        memory.record = ended;
        busy = 0;
        tools.listener().ended(Objects.requireNonNull(ended.phase()));
    }

    private void note(String line) {
        try {
            output.note(tools.clock().instant() + " " + line);
        } catch (IOException e) {
            log.warn("the log of {} on {} can't be written: {}", folder.service(), folder.machine(), e.toString());
        }
    }

    /** Waits for the process to end where the service is to be stopped. */
    void close(boolean stopService) {
        if (stopService && memory.run != null) {
            memory.run.stop(tools.stopGrace());
            memory.run.process.ended().join();
            log.info("{} {} stopped on {}", folder.service(), memory.run.release.version(), folder.machine());
        }
    }
}
