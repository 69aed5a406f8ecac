package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.orchestrator.decision.Answers;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Goal;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Pace;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Sight;
import dev.flotilla.orchestrator.rollout.OpenDomain;
import dev.flotilla.orchestrator.rollout.PolicyRefusal;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rollout d7 of hello 2.0 in prod~web, begun an hour ago, and what is known of it. */
class ExplainedWorld {
    static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    static final Instant BEGAN = NOW.minusSeconds(3600);
    static final Instant LONG_AGO = NOW.minus(Duration.ofDays(9));
    static final Pace PACE = new Pace(
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            Duration.ofDays(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    final Map<String, Permit> permits = new HashMap<>();
    final Map<String, ClaimAnswer> claims = new HashMap<>();
    final List<HistoryEntry> history = new ArrayList<>();
    final Map<String, PolicyRefusal> refusals = new HashMap<>();
    final Map<String, Instant> newer = new HashMap<>();
    final List<Repair> repairs = new ArrayList<>();
    final Map<String, String> holders = new HashMap<>();
    final Map<String, String> tenants = new HashMap<>();
    DeploymentState state = DeploymentState.ROLLING_OUT;
    GoingBack back = GoingBack.POSSIBLE;

    @Nullable
    String reason;

    @Nullable
    OpenDomain open;

    /** What is behind the standing of a machine among these. */
    Grounds grounds(MachineView machine, MachineView... all) {
        MachineView[] machines = all.length == 0 ? new MachineView[] {machine} : all;
        RolloutView view = view(machines);
        Decision decision = RolloutDecider.decide(view, NOW);
        MachineStanding standing = Objects.requireNonNull(decision.standings().get(machine.name()));
        return new Explainer(rollout(), view, known(), decision).of(machine, standing);
    }

    RolloutExplanation whole(MachineView... machines) {
        RolloutView view = view(machines);
        return new RolloutExplanations(rollout(), view, RolloutDecider.decide(view, NOW), known())
                .explanation(List.of());
    }

    Known known() {
        return new Known(history, refusals, newer, repairs, holders, tenants, back, null);
    }

    RolloutView view(MachineView... machines) {
        for (MachineView machine : machines) {
            permits.putIfAbsent(machine.name(), Permit.ALLOWED);
        }
        return new RolloutView(
                "d7~prod~web",
                "prod~web",
                new Goal("d7", 7, "hello", "2.0", "b".repeat(64), 1000),
                new Course(state, reason, null, NOW.minusSeconds(60), null),
                Limits.of(RolloutOptions.DEFAULTS),
                PACE,
                List.of(machines),
                Elsewhere.NOTHING,
                new Answers(permits, claims),
                List.of(),
                LONG_AGO);
    }

    Rollout rollout() {
        return new Rollout(
                "d7~prod~web",
                "d7",
                7,
                "hello",
                "2.0",
                new Payload("b".repeat(64), 1000),
                RolloutOptions.DEFAULTS,
                "prod",
                "web",
                null,
                state,
                reason,
                1,
                new Counts(0, 0, 0, 0, 0, 0, 0),
                claims,
                BEGAN,
                NOW.minusSeconds(60),
                null,
                null,
                null,
                open);
    }

    void decided(String what, String who, String why, Instant at) {
        history.add(new HistoryEntry(history.size() + 1L, at, null, who, what, why));
    }

    static MachineView old(String name, String faultDomain, Instant changedAt) {
        return view(name, faultDomain, sight("1.0", changedAt, null), null);
    }

    static MachineView changed(String name, RunState state, OrderPhase phase, Instant at, OrderRecord order) {
        OrderProgress progress =
                new OrderProgress(order.orderId(), "2.0", phase, phase == OrderPhase.FAILED ? "exited with 3" : null);
        RunningService running = new RunningService(name, "hello", "1.0", state, null, 0, at, progress, at);
        return view(name, "fd1", new Sight(at, false, running), order);
    }

    /** It ran the version before, which keeps crashing. */
    static MachineView crashing(String name) {
        RunningService running =
                new RunningService(name, "hello", "2.0", RunState.CRASHED, "b".repeat(64), 99, NOW, null, NOW);
        return view(name, "fd1", new Sight(NOW, false, running), null);
    }

    /** It was brought to the version a second ago. */
    static MachineView proving(String name) {
        Instant at = NOW.minusSeconds(1);
        RunningService running =
                new RunningService(name, "hello", "2.0", RunState.RUNNING, "b".repeat(64), 0, at, null, at);
        OrderRecord done = order(name, OrderState.DONE);
        OrderRecord held = new OrderRecord(
                name,
                1,
                done.orderId(),
                OrderState.DONE,
                0,
                1,
                done.orderedAt(),
                done.deadline(),
                done.nextAt(),
                false,
                false,
                "r1",
                null);
        return view(name, "fd1", new Sight(at, false, running), held);
    }

    static MachineView view(String name, String faultDomain, @Nullable Sight sight, @Nullable OrderRecord order) {
        return new MachineView(name, faultDomain, null, null, sight, order);
    }

    static Sight sight(String version, Instant changedAt, @Nullable OrderProgress progress) {
        return new Sight(
                changedAt,
                false,
                new RunningService("m", "hello", version, RunState.RUNNING, null, 0, changedAt, progress, changedAt));
    }

    static OrderRecord order(String machine, OrderState state) {
        return new OrderRecord(
                machine,
                1,
                "o1-" + machine,
                state,
                state == OrderState.FAILED ? 1 : 0,
                1,
                NOW.minusSeconds(20),
                NOW.plusSeconds(100),
                NOW.plusSeconds(1),
                false,
                false,
                null,
                null);
    }

    static Repair repair(
            String id, String machine, String domain, RepairKind kind, boolean forced, String holder, Instant since) {
        return new Repair(
                id,
                machine,
                "prod",
                "web",
                domain,
                kind,
                forced,
                RepairState.ACTIVE,
                holder,
                null,
                "why",
                since,
                since,
                null,
                null);
    }

    static @Nullable String said(Grounds grounds) {
        return grounds.by() == null ? null : grounds.by().words();
    }
}
