package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.process.FoundProcess;
import dev.flotilla.agent.process.Marks;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what an earlier run of the agent left running of one service. At most one process stays: the one that should run, else any,
 * which is then stopped in good order. What belongs to none that lives is ended at once.
 */
final class Adoption {
    private static final Logger log = LoggerFactory.getLogger(Adoption.class);
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(1);
    private static final long UNKNOWN_SIZE = 0;

    private final ServiceFolder folder;
    private final Tools tools;
    private final ServiceMemory memory;
    private final Consumer<Event> mailbox;

    Adoption(ServiceFolder folder, Tools tools, ServiceMemory memory, Consumer<Event> mailbox) {
        this.folder = folder;
        this.tools = tools;
        this.memory = memory;
        this.mailbox = mailbox;
    }

    /** Adopts one process where there is one, and returns those that must not run any more. */
    List<FoundProcess> takeOver(List<FoundProcess> found) {
        List<FoundProcess> leaders =
                found.stream().filter(FoundProcess::leads).sorted(preferred()).toList();
        Set<String> kept = new HashSet<>();
        if (!leaders.isEmpty() && adopt(leaders.getFirst())) {
            kept.add(leaders.getFirst().marks().instance());
        }
        memory.takeUpAgain();
        List<FoundProcess> others = new ArrayList<>(found);
        others.removeIf(process -> kept.contains(process.marks().instance()));
        return others;
    }

    /** Returns when they are gone. */
    void stop(List<FoundProcess> others) throws InterruptedException {
        for (FoundProcess process : others) {
            log.warn(
                    "{} {} on {}: pid {} must not run any more and is being stopped",
                    folder.service(),
                    process.marks().version(),
                    folder.machine(),
                    process.pid());
            process.stop(process.leads() ? tools.stopGrace() : ORPHAN_GRACE);
        }
    }

    private boolean adopt(FoundProcess leader) {
        Release release = release(leader.marks());
        try {
            Optional<Run> adopted = tools.starter()
                    .adopt(
                            folder,
                            release,
                            leader,
                            proven(release),
                            (run, health) -> mailbox.accept(new Event.HealthSeen(run, health)));
            if (adopted.isEmpty()) {
                return false;
            }
            Run run = adopted.get();
            memory.run = run;
            memory.last = release;
            run.process.whenEnded(exit -> mailbox.accept(new Event.Ended(run, exit)));
            tools.records()
                    .lastRun(folder)
                    .filter(last -> last.instance().equals(leader.marks().instance()))
                    .ifPresent(last -> memory.restarts = last.restarts());
            log.info(
                    "{} {} on {}: adopted pid {}", folder.service(), release.version(), folder.machine(), leader.pid());
            return true;
        } catch (IOException e) {
            log.warn("{} on {}: pid {} can't be adopted", folder.service(), folder.machine(), leader.pid(), e);
            return false;
        }
    }

    /** What an order is switching to must pass its probe, whoever watched it before. */
    private boolean proven(Release release) {
        return memory.record.phase() != OrderPhase.SWITCHING || !release.equals(memory.record.ordered());
    }

    private Comparator<FoundProcess> preferred() {
        List<Release> wanted = Stream.of(memory.record.ordered(), memory.record.current())
                .filter(Objects::nonNull)
                .toList();
        return Comparator.comparing(process -> !wanted.contains(release(process.marks())));
    }

    private Release release(Marks marks) {
        return Stream.of(memory.record.ordered(), memory.record.current(), memory.record.previous())
                .filter(Objects::nonNull)
                .filter(release -> release.version().equals(marks.version())
                        && release.payload().sha256().equals(marks.sha256()))
                .findFirst()
                .orElseGet(() -> new Release(marks.version(), new Payload(marks.sha256(), UNKNOWN_SIZE)));
    }
}
