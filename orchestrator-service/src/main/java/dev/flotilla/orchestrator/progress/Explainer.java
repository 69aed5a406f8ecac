package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.observe.Neighbours;
import dev.flotilla.orchestrator.rollout.Rollout;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what is behind the standings of one rollout's machines. */
final class Explainer {
    private static final Set<String> TURN = Set.of(Rule.FAULT_DOMAIN.id(), Rule.CANARY.id(), Rule.MAX_UNAVAILABLE.id());

    private final Rollout rollout;
    private final RolloutView view;
    private final Known known;
    private final Since since;
    private final Authorities authorities;
    private final @Nullable Cause cause;
    private final Recourse recourse;

    /** Of what is foreseen. */
    Explainer(Rollout rollout, RolloutView view, Known known) {
        this(rollout, view, known, null, known.recourse(rollout, rollout.state(), false));
    }

    Explainer(Rollout rollout, RolloutView view, Known known, Decision decision) {
        this(
                rollout,
                view,
                known,
                Cause.of(view, decision),
                known.recourse(rollout, decision.state(), Cause.proving(view, decision)));
    }

    /** @param cause what holds all those that others wait for; null where that is not one thing */
    private Explainer(Rollout rollout, RolloutView view, Known known, @Nullable Cause cause, Recourse recourse) {
        this.rollout = rollout;
        this.view = view;
        this.known = known;
        this.cause = cause;
        this.recourse = recourse;
        this.since = new Since(rollout, view, known);
        this.authorities = new Authorities(rollout, view, known);
    }

    static boolean waitsForItsTurn(MachineStanding standing) {
        return standing.origin() == Origin.ROLLOUT && TURN.contains(standing.rule());
    }

    private static boolean waitsForOthers(MachineStanding standing) {
        return standing.origin() == Origin.ROLLOUT
                && (standing.rule().equals(Rule.FAULT_DOMAIN.id())
                        || standing.rule().equals(Rule.CANARY.id()));
    }

    /** The standing as it is explained: who is under a reboot or repave waits for the end of that, though nobody asks before its turn. */
    MachineStanding explained(MachineView machine, MachineStanding standing) {
        if (!waitsForItsTurn(standing)) {
            return held(machine, standing);
        }
        ClaimAnswer never = view.claims().get(machine.name());
        if (never != null && never.tenant() != null && never.passedBy()) {
            return MachineStanding.refused(standing.phase(), never);
        }
        Repair repair = known.repair(machine.name());
        if (repair == null || repair.kind() == RepairKind.DEPLOY) {
            return standing;
        }
        ClaimAnswer answer = Neighbours.Seen.refusal(repair);
        return new MachineStanding(
                standing.phase(),
                answer.reason() + "; it is passed by unless that is over when its turn comes",
                answer.rule(),
                answer.until(),
                Origin.CLAIM);
    }

    /** The end of a lease is no end of the wait: whoever holds it may renew it, or be done before. */
    private MachineStanding held(MachineView machine, MachineStanding standing) {
        Instant until = standing.until();
        boolean leased = standing.origin() == Origin.CLAIM
                && (standing.rule().equals(ClaimRule.ACTIVE_REPAIR.id())
                        || standing.rule().equals(ClaimRule.FAULT_DOMAIN.id()));
        if (!leased || until == null) {
            return standing;
        }
        Repair repair = known.repair(machine.name());
        Instant end = repair == null ? null : repair.leaseEnd();
        String reason = standing.reason().replaceFirst("\\.$", "") + PlannedClaims.lease(end == null ? until : end);
        return new MachineStanding(standing.phase(), reason, standing.rule(), null, standing.origin());
    }

    Grounds of(MachineView machine, MachineStanding standing) {
        if (cause != null && waitsForOthers(standing)) {
            Authority by = authorities.of(cause.machine(), cause.standing());
            return new Grounds(since.of(machine, standing), by, Unblocking.of(cause.standing(), by, recourse));
        }
        Authority by = authorities.of(machine, standing);
        ClaimAnswer answer = standing.origin() == Origin.CLAIM ? view.claims().get(machine.name()) : null;
        String said = answer == null ? null : answer.unblock();
        return new Grounds(
                since.of(machine, standing), by, said == null ? Unblocking.of(standing, by, recourse) : said);
    }

    Recourse recourse() {
        return recourse;
    }

    Authorities authorities() {
        return authorities;
    }
}
