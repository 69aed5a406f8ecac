package dev.flotilla.orchestrator.act;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.Claims;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.Closings;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.consultation.Memory;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Wish;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.observe.PaceProperties;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Claims machines in device-manager, in the name of a rollout, and gives them back. Both may be repeated. */
@Component
class RepairClaims {
    private static final Logger log = LoggerFactory.getLogger(RepairClaims.class);
    private static final int BATCH = 10_000;
    private static final int PAGE = 1000;
    private static final int REASON = 1000;
    private static final Duration LONGEST = Duration.ofHours(1);
    private final RepairApi repairs;
    private final Neighbours neighbours;
    private final RepairProperties properties;
    private final PaceProperties pace;
    private final Memory memory;

    RepairClaims(
            RepairApi repairs, Neighbours neighbours, RepairProperties properties, PaceProperties pace, Memory memory) {
        this.repairs = repairs;
        this.neighbours = neighbours;
        this.memory = memory;
        this.properties = properties;
        this.pace = pace;
    }

    /** The answer to each wish; repairs that the rollout has already are renewed by it. Throws when device-manager gives no answer. */
    Map<String, ClaimAnswer> ask(Rollout rollout, List<Wish> wishes) {
        Map<String, ClaimAnswer> answers = new HashMap<>();
        ask(rollout, true, wishes, answers);
        ask(rollout, false, wishes, answers);
        return answers;
    }

    /** True where broken machines use up the limit of the rollout's group: only they would be granted. */
    boolean usedUp(Rollout rollout) {
        return neighbours.usedUp(rollout);
    }

    private void ask(Rollout rollout, boolean forced, List<Wish> wishes, Map<String, ClaimAnswer> answers) {
        List<String> machines = wishes.stream()
                .filter(wish -> wish.forced() == forced)
                .map(Wish::machine)
                .toList();
        for (int from = 0; from < machines.size(); from += BATCH) {
            ClaimRequest request = new ClaimRequest(
                    rollout.id(),
                    RepairKind.DEPLOY,
                    forced,
                    rollout.service(),
                    "deployment " + rollout.deployment() + " of " + rollout.service() + ' ' + rollout.version(),
                    lease(rollout),
                    null,
                    machines.subList(from, Math.min(from + BATCH, machines.size())));
            repairs.claim(request).answers().forEach(answer -> answers.put(answer.machine(), read(answer)));
        }
    }

    /** Longer than a switch that was ordered just now can go on: who takes the machine after it finds no change under way. */
    Duration lease(Rollout rollout) {
        Duration healthy = Objects.requireNonNull(rollout.options().orDefaults().healthyDeadline());
        Duration needed = pace.inTransit().plus(healthy);
        Duration lease = needed.compareTo(properties.lease()) > 0 ? needed : properties.lease();
        return lease.compareTo(LONGEST) > 0 ? LONGEST : lease;
    }

    private static ClaimAnswer read(Claims.Answer answer) {
        String repair = answer.repair();
        if (repair != null) {
            return ClaimAnswer.granted(repair);
        }
        boolean passedBy = ClaimRule.UNKNOWN_MACHINE.id().equals(answer.rule())
                || answer.heldBy() == RepairKind.REBOOT
                || answer.heldBy() == RepairKind.REPAVE;
        return new ClaimAnswer(
                null,
                Objects.requireNonNullElse(answer.rule(), "repairs"),
                Objects.requireNonNullElse(answer.reason(), "device-manager refused it and gave no reason"),
                answer.until(),
                passedBy);
    }

    /** The live repairs that device-manager says the rollout has, by machine. Throws when device-manager gives no answer. */
    Map<String, String> held(Rollout rollout) {
        Map<String, String> held = new HashMap<>();
        String cursor = null;
        do {
            Page<Repair> page = repairs.repairs(
                    null,
                    rollout.environment(),
                    rollout.machineFunction(),
                    RepairState.ACTIVE,
                    RepairKind.DEPLOY,
                    PAGE,
                    cursor);
            page.items().stream()
                    .filter(repair -> repair.holder().equals(rollout.id()))
                    .forEach(repair -> held.put(repair.machine(), repair.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return held;
    }

    /** Gives repairs back; answers those that are over. The others are given back another time, or end with their leases. */
    List<String> close(Rollout rollout, List<Action.Close> closes) {
        List<String> over = new ArrayList<>();
        closes.forEach(close -> memory.leases().closed(rollout.id(), close.machine()));
        for (int from = 0; from < closes.size(); from += BATCH) {
            List<ClosingRequest.Closing> batch = closes.subList(from, Math.min(from + BATCH, closes.size())).stream()
                    .map(close ->
                            new ClosingRequest.Closing(close.repair(), state(close.outcome()), cut(close.reason())))
                    .toList();
            try {
                repairs.close(new ClosingRequest(rollout.id(), batch)).answers().stream()
                        .filter(RepairClaims::over)
                        .forEach(answer -> over.add(answer.repair()));
            } catch (RuntimeException e) {
                log.warn("{}: {} repairs are not closed yet: {}", rollout.id(), batch.size(), e.toString());
            }
        }
        return over;
    }

    /** A repair that ended otherwise, by its lease say, is over too. */
    private static boolean over(Closings.Answer answer) {
        RepairState state = answer.state();
        return answer.closed() || state == null || state.ended();
    }

    /**
     * Waits for nothing more, where the rollout does not go on: others need not wait for what it was refused. Where that can't be said, it is forgotten
     * when it has not asked for a minute.
     *
     * @param overtaken true where it may have been refused something that no book names
     */
    void withdraw(Rollout rollout, DeploymentState state, boolean overtaken) {
        boolean goesOn = state == DeploymentState.ROLLING_OUT || state == DeploymentState.COMPLETE;
        boolean waited = overtaken
                || rollout.refusals().values().stream()
                        .anyMatch(refusal -> refusal.tenant() == null && !refusal.passedBy());
        if (goesOn || !waited) {
            return;
        }
        try {
            repairs.withdraw(rollout.id());
        } catch (RuntimeException e) {
            log.warn("{}: device-manager is not told that it waits no more: {}", rollout.id(), e.toString());
        }
    }

    private static RepairState state(Action.Outcome outcome) {
        return switch (outcome) {
            case DONE -> RepairState.DONE;
            case FAILED -> RepairState.FAILED;
            case CANCELLED -> RepairState.CANCELLED;
        };
    }

    private static String cut(String reason) {
        return reason.length() <= REASON ? reason : reason.substring(0, REASON);
    }
}
