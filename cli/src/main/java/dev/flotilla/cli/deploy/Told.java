package dev.flotilla.cli.deploy;

import dev.flotilla.api.Page;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Text;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a command did to a deployment, and what still holds it.
 *
 * @param touched the rollouts that it applies to, as they were before it
 * @param untouched all others
 * @param explained some of the touched ones, where something of them must be known from before
 * @param failed the machines that had failed, where they are tried afresh
 * @param more whether more had failed than were looked at
 */
record Told(
        Command command,
        DeploymentProgress before,
        List<RolloutProgress> touched,
        List<RolloutProgress> untouched,
        List<RolloutExplanation> explained,
        List<MachineProgress> failed,
        boolean more) {
    /** Each takes the orchestrator a look at all its machines. */
    private static final int ROLLOUTS = 5;

    private static final int NAMED = 5;
    private static final int MACHINES = 1000;
    private static final String PROVING = "proving";

    /** What must be known before the command is given. */
    static Told before(OrchestratorApi orchestrator, Command command, String deployment, @Nullable String group) {
        DeploymentProgress before = orchestrator.deployment(deployment);
        Set<DeploymentState> states = states(command);
        Predicate<RolloutProgress> applies = rollout -> states.contains(rollout.state())
                && (group == null || Explanation.place(rollout.id()).equals(group));
        Map<Boolean, List<RolloutProgress>> rollouts =
                before.rollouts().stream().collect(Collectors.partitioningBy(applies));
        List<RolloutProgress> touched = rollouts.getOrDefault(true, List.of());
        boolean explain = command == Command.RESUME || command == Command.PROMOTE;
        boolean retries = command == Command.RESUME || command == Command.RETRY_FAILED;
        Set<String> ids = touched.stream().map(RolloutProgress::id).collect(Collectors.toSet());
        Page<MachineProgress> failed = retries && before.counts().failed() > 0
                ? orchestrator.machines(deployment, MachinePhase.FAILED, MACHINES, null)
                : new Page<>(List.of(), null);
        return new Told(
                command,
                before,
                touched,
                rollouts.getOrDefault(false, List.of()),
                touched.stream()
                        .limit(explain ? ROLLOUTS : 0)
                        .map(rollout -> orchestrator.explanation(rollout.id()))
                        .toList(),
                failed.items().stream()
                        .filter(machine -> ids.contains(machine.rollout()))
                        .toList(),
                failed.nextCursor() != null);
    }

    private static Set<DeploymentState> states(Command command) {
        return switch (command) {
            case PAUSE, RETRY_FAILED -> Set.of(DeploymentState.ROLLING_OUT, DeploymentState.COMPLETE);
            case RESUME -> Set.of(DeploymentState.HALTED);
            case PROMOTE -> Set.of(DeploymentState.ROLLING_OUT);
            case ABORT, ROLL_BACK ->
                Set.of(DeploymentState.ROLLING_OUT, DeploymentState.COMPLETE, DeploymentState.HALTED);
        };
    }

    /** What must be known once it is given; nothing where nobody answers any more. */
    List<RolloutExplanation> after(OrchestratorApi orchestrator) {
        try {
            return explained.stream()
                    .limit(command == Command.PROMOTE ? ROLLOUTS : 0)
                    .map(rollout -> orchestrator.explanation(rollout.rollout()))
                    .toList();
        } catch (RemoteProblem | RemoteUnavailable e) {
            return List.of();
        }
    }

    /**
     * What there is to say once it is given.
     *
     * @param now some of the touched rollouts, as {@link #after} found them
     */
    Text text(DeploymentProgress after, List<RolloutExplanation> now, Moments moments) {
        if (command == Command.ROLL_BACK) {
            return Text.of(moments.readable(ProgressView.summary(after)));
        }
        List<String> said = new ArrayList<>();
        String version = before.service() + " " + before.version();
        String there = untouched.isEmpty() ? "" : " there";
        switch (command) {
            case PAUSE -> {
                said.add("Paused " + what() + ": no further machine is brought to " + version + there + " until "
                        + resume() + "; what is being changed is brought to its end.");
                if (touched.stream().anyMatch(rollout -> rollout.state() == DeploymentState.COMPLETE)) {
                    said.add(
                            "Where it was complete nothing is kept up meanwhile: a machine that is repaved, falls back or"
                                    + " joins is not brought to it.");
                }
            }
            case RESUME -> {
                boolean held =
                        explained.stream().anyMatch(rollout -> !rollout.then().isEmpty());
                said.add("Resumed " + what() + (held ? "." : ": it goes on."));
                said.addAll(retried());
                explained.forEach(rollout -> rollout.then()
                        .forEach(wait -> said.add("Still held in " + Explanation.place(rollout.rollout()) + ": "
                                + Explanation.then(wait, moments) + ".")));
            }
            case ABORT ->
                said.add("Ended " + what() + " for good: nothing more is changed or kept up" + there
                        + "; what runs is left as it is.");
            case PROMOTE -> said.addAll(promoted(now, moments));
            case RETRY_FAILED ->
                said.addAll(
                        !failed.isEmpty()
                                ? retried()
                                : List.of(
                                        more
                                                ? "Tried afresh: whatever had failed of " + what() + "."
                                                : "Tried nothing afresh: no machine of " + what() + " had failed."));
            case ROLL_BACK -> {}
        }
        said.addAll(others(after));
        return Text.of(moments.readable(String.join("\n", said)));
    }

    private List<String> promoted(List<RolloutExplanation> now, Moments moments) {
        List<String> said = new ArrayList<>();
        for (RolloutExplanation rollout : explained) {
            String place = Explanation.place(rollout.rollout());
            rollout.waits().stream()
                    .filter(wait -> wait.rule().equals(PROVING))
                    .forEach(wait -> said.add("Skipped in " + place + ": " + Explanation.names(wait)
                            + (wait.machines() == 1 ? " need not prove itself" : " need not prove themselves")
                            + " any longer"
                            + (wait.until() == null
                                    ? "."
                                    : "; that would have taken until " + moments.until(wait.until()) + ".")));
        }
        if (said.isEmpty()) {
            said.add("Skipped nothing: no machine of " + what() + " is proving itself now.");
        }
        StandstillReason.lasting(now).forEach(reason -> said.add("Still held " + reason.words(moments) + "."));
        return said;
    }

    /** The machines that had failed. */
    private List<String> retried() {
        return failed.isEmpty()
                ? List.of()
                : List.of("Tried afresh: "
                        + MachineRanges.of(
                                failed.stream().map(MachineProgress::machine).toList())
                        + (more ? " and more." : "."));
    }

    /** {@code d3}, or {@code d3 in prod-a/web}. */
    private String what() {
        String names = touched.stream()
                .limit(NAMED)
                .map(rollout -> Explanation.place(rollout.id()))
                .collect(Collectors.joining(", "));
        int more = touched.size() - NAMED;
        return untouched.isEmpty() || touched.isEmpty()
                ? before.id()
                : before.id() + " in " + names + (more > 0 ? " and " + more + " more" : "");
    }

    /** What resumes these alone: others may have been halted before, for another reason. */
    private String resume() {
        boolean one = touched.size() == 1 && !untouched.isEmpty();
        boolean each =
                touched.size() > 1 && untouched.stream().anyMatch(rollout -> rollout.state() == DeploymentState.HALTED);
        String group = one ? Explanation.place(touched.getFirst().id()) : each ? "ENV/MF" : "";
        return "'./flotilla resume " + before.id() + (group.isEmpty() ? "" : " --group " + group) + " --reason ...'"
                + (each ? " for each of them" : "");
    }

    /** Where its other groups stand. */
    private List<String> others(DeploymentProgress after) {
        Set<String> ids = untouched.stream().map(RolloutProgress::id).collect(Collectors.toSet());
        Map<String, List<RolloutProgress>> states = after.rollouts().stream()
                .filter(rollout -> ids.contains(rollout.id()))
                .collect(Collectors.groupingBy(
                        rollout -> rollout.state().words(rollout.reason()), TreeMap::new, Collectors.toList()));
        if (states.isEmpty()) {
            return List.of();
        }
        String where = states.entrySet().stream()
                .map(state -> (state.getValue().size() > NAMED
                                ? String.valueOf(state.getValue().size())
                                : state.getValue().stream()
                                        .map(rollout -> Explanation.place(rollout.id()))
                                        .collect(Collectors.joining(", ")))
                        + " " + state.getKey())
                .collect(Collectors.joining("; "));
        return List.of((untouched.size() == 1 ? "Its other group is" : "Its other " + untouched.size() + " groups are")
                + " as before: " + where + ".");
    }
}
