package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Text;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what a deployment waits for where nothing of it moves, by the number of machines: once, and again when those are other reasons. */
final class Standstill implements AutoCloseable {
    /** So long nothing must move before it is asked why, and before it is asked again. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So long machines that are being changed may take for it before that is a standstill. */
    static final Duration WORK = Duration.ofSeconds(30);

    private static final Duration PACE = Duration.ofSeconds(1);
    /** Each takes the orchestrator a look at all its machines. */
    private static final int ROLLOUTS = 5;

    private final OrchestratorApi orchestrator;
    private final Consumer<Text> tell;
    private final Thread watching;
    private @Nullable DeploymentProgress last;
    private @Nullable Counts counts;
    private Instant movedAt = Instant.MAX;
    private Instant askedAt = Instant.MIN;
    private List<StandstillReason.Key> said = List.of();

    Standstill(OrchestratorApi orchestrator, Consumer<Text> tell) {
        this.orchestrator = orchestrator;
        this.tell = tell;
        this.watching = Thread.ofVirtual().start(this::watch);
    }

    synchronized void heard(DeploymentProgress progress, Instant now) {
        last = progress;
        if (!progress.counts().equals(counts)) {
            counts = progress.counts();
            movedAt = now;
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PACE);
                look(Instant.now());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says what there is to say at this moment. */
    void look(Instant now) {
        List<String> still = still(now);
        try {
            List<RolloutExplanation> explained = still.stream()
                    .limit(ROLLOUTS)
                    .map(orchestrator::explanation)
                    .toList();
            say(StandstillReason.of(explained), still.size(), now);
        } catch (RemoteProblem | RemoteUnavailable e) {
            // whoever follows the progress says that nobody answers
        }
    }

    private synchronized List<String> still(Instant now) {
        DeploymentProgress progress = last;
        boolean asks = progress != null
                && movedAt != Instant.MAX
                && !now.isBefore(movedAt.plus(PATIENCE))
                && (askedAt.isBefore(movedAt) || !now.isBefore(askedAt.plus(PATIENCE)));
        if (progress == null || !asks) {
            return List.of();
        }
        askedAt = now;
        return progress.rollouts().stream()
                .filter(rollout -> rollout.state() == DeploymentState.ROLLING_OUT)
                .map(RolloutProgress::id)
                .toList();
    }

    private synchronized void say(List<StandstillReason> reasons, int rollouts, Instant now) {
        List<StandstillReason.Key> keys =
                reasons.stream().map(StandstillReason::key).toList();
        Duration still = Duration.between(movedAt, now);
        boolean works = !reasons.isEmpty()
                && StandstillReason.WORKING.contains(reasons.getFirst().key().rule())
                && still.compareTo(WORK) < 0;
        if (reasons.isEmpty() || works || keys.equals(said)) {
            return;
        }
        said = keys;
        Entry entry = new Entry(Objects.requireNonNull(last).id() + " has not moved for " + Quantities.span(still)
                + ". It waits for"
                + (rollouts > ROLLOUTS
                        ? " (as far as the first " + ROLLOUTS + " of its " + rollouts + " groups go):"
                        : ":"));
        Moments moments = new Moments(now);
        reasons.forEach(reason -> entry.with(String.valueOf(reason.machines()), reason.words(moments)));
        tell.accept(entry.with("Unblock", moments.readable(reasons.getFirst().unblock())));
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
