package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what a deployment waits for where nothing of it moves: once, and again when that is another reason. */
final class Standstill implements AutoCloseable {
    /** So long nothing must move before it is said why, and before it is asked again. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PACE = Duration.ofSeconds(1);
    /** Each takes the orchestrator a look at all its machines. */
    private static final int ROLLOUTS = 5;

    private record Reason(
            String rollout, String rule, @Nullable String by) {}

    private final OrchestratorApi orchestrator;
    private final Consumer<String> tell;
    private final Thread watching;
    private @Nullable DeploymentProgress last;
    private @Nullable Counts counts;
    private Instant quietSince = Instant.MAX;
    private @Nullable Reason said;

    Standstill(OrchestratorApi orchestrator, Consumer<String> tell) {
        this.orchestrator = orchestrator;
        this.tell = tell;
        this.watching = Thread.ofVirtual().start(this::watch);
    }

    synchronized void heard(DeploymentProgress progress, Instant now) {
        last = progress;
        if (!progress.counts().equals(counts)) {
            counts = progress.counts();
            quietSince = now;
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
            still.stream()
                    .limit(ROLLOUTS)
                    .map(orchestrator::explanation)
                    .filter(rollout -> rollout.foremost() != null)
                    .max(Comparator.comparingInt(rollout ->
                            Objects.requireNonNull(rollout.foremost()).machines()))
                    .ifPresent(rollout -> say(rollout, now));
        } catch (RemoteProblem | RemoteUnavailable e) {
            // whoever follows the progress says that nobody answers
        }
    }

    private synchronized List<String> still(Instant now) {
        DeploymentProgress progress = last;
        if (progress == null || quietSince == Instant.MAX || now.isBefore(quietSince.plus(PATIENCE))) {
            return List.of();
        }
        quietSince = now;
        return progress.rollouts().stream()
                .filter(rollout -> rollout.state() == DeploymentState.ROLLING_OUT)
                .map(RolloutProgress::id)
                .toList();
    }

    private void say(RolloutExplanation rollout, Instant now) {
        Wait foremost = Objects.requireNonNull(rollout.foremost());
        Reason reason = new Reason(
                rollout.rollout(),
                foremost.rule(),
                foremost.by() == null ? null : foremost.by().name());
        if (!reason.equals(said)) {
            said = reason;
            tell.accept(new Entry(Explanation.place(rollout.rollout()) + " does not move. It waits for "
                            + Explanation.held(foremost, new Moments(now)) + ".")
                    .with("Unblock", new Moments(now).readable(foremost.unblock()))
                    .toString());
        }
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
