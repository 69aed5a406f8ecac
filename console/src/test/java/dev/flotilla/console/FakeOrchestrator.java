package dev.flotilla.console;

import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RollbackPlan;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Deployments as a test says they are. */
class FakeOrchestrator implements OrchestratorApi {
    private final List<DeploymentProgress> deployments = new ArrayList<>();
    private final Map<String, MachineProgress> explanations = new ConcurrentHashMap<>();

    private final Map<String, RolloutExplanation> wholes = new ConcurrentHashMap<>();

    private volatile boolean away;

    void away(boolean value) {
        away = value;
    }

    private void answer() {
        if (away) {
            throw new RemoteUnavailable("orchestrator-service", "Connection refused", null);
        }
    }

    synchronized void put(DeploymentProgress progress) {
        deployments.removeIf(other -> other.id().equals(progress.id()));
        deployments.addFirst(progress);
    }

    void explain(MachineProgress progress) {
        explanations.put(progress.rollout() + "/" + progress.machine(), progress);
    }

    void explain(RolloutExplanation whole) {
        wholes.put(whole.rollout(), whole);
    }

    @Override
    public synchronized Page<DeploymentProgress> deployments(int limit, @Nullable String cursor) {
        answer();
        return new Page<>(
                deployments.stream()
                        .map(full -> new DeploymentProgress(
                                full.id(),
                                full.service(),
                                full.version(),
                                full.state(),
                                full.reason(),
                                full.counts(),
                                full.declaredAt(),
                                full.startedAt(),
                                full.completedAt(),
                                full.rolledBack(),
                                full.rolledBackBy(),
                                full.leftBehind(),
                                List.of()))
                        .limit(limit)
                        .toList(),
                null);
    }

    @Override
    public synchronized DeploymentProgress deployment(String id) {
        answer();
        return deployments.stream()
                .filter(progress -> progress.id().equals(id))
                .findFirst()
                .orElseThrow(() -> FakeDevices.missing("orchestrator-service", id));
    }

    @Override
    public Page<MachineProgress> machines(String id, @Nullable MachinePhase phase, int limit, @Nullable String cursor) {
        return new Page<>(
                explanations.values().stream()
                        .filter(progress -> progress.rollout().startsWith(id + "~") && progress.phase() == phase)
                        .limit(limit)
                        .toList(),
                null);
    }

    @Override
    public MachineProgress explanation(String rollout, String machine) {
        answer();
        MachineProgress found = explanations.get(rollout + "/" + machine);
        if (found == null) {
            throw FakeDevices.missing("orchestrator-service", rollout + " of " + machine);
        }
        return found;
    }

    @Override
    public RolloutExplanation explanation(String rollout) {
        answer();
        RolloutExplanation found = wholes.get(rollout);
        if (found == null) {
            throw FakeDevices.missing("orchestrator-service", rollout);
        }
        return found;
    }

    @Override
    public DeploymentPlan preview(
            String service, String version, DeploymentRequest request, int limit, int names, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RollbackPlan rollbackPlan(String id, @Nullable String rollout, int names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeploymentPlan plan(String id, int limit, int names, @Nullable String cursor) {
        answer();
        return FakePlans.plan(deployment(id));
    }

    @Override
    public DeploymentProgress command(String id, CommandRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeploymentProgress commandRollout(String rollout, CommandRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<HistoryEntry> history(String id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}
