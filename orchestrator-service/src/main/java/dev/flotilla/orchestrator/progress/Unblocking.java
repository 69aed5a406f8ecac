package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.Rule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What would end a wait, in words for a person: who must do what, by the rule behind it. */
final class Unblocking {
    private Unblocking() {}

    /**
     * @param by who has a say; null where that is not known
     * @param recourse what can be done about its rollout
     */
    static String of(MachineStanding standing, @Nullable Authority by, Recourse recourse) {
        return switch (standing.origin()) {
            case ROLLOUT ->
                Rule.of(standing.rule())
                        .map(rule -> of(rule, recourse))
                        .orElse("nobody knows: there is no rule " + standing.rule());
            case POLICY -> policy(standing, by);
            case CLAIM ->
                Arrays.stream(ClaimRule.values())
                        .filter(known -> known.id().equals(standing.rule()))
                        .findFirst()
                        .map(Unblocking::of)
                        .orElseGet(() -> claim(standing.rule()));
        };
    }

    private static String policy(MachineStanding standing, @Nullable Authority by) {
        String rule = standing.rule();
        Authority.Kind kind = by == null ? Authority.Kind.POLICY : by.kind();
        return switch (kind) {
            case OPT_OUT -> "the opt-out '" + rule + "' ends, or an operator removes or overrides it";
            case MAINTENANCE_REQUEST -> "the tenant answers that maintenance request, or it is over";
            case SERVICE -> of(Rule.POLICY, Recourse.NONE);
            default ->
                // A freeze ends then; of a maintenance window it is when it opens.
                (standing.until() == null
                                ? "the policy '" + rule + "' ends, or an operator changes or overrides it"
                                : standing.until() + " is reached, or an operator changes or overrides the policy '"
                                        + rule + "'")
                        + (standing.phase() == MachinePhase.WAITING
                                ? "; after the progress deadline others go first"
                                : "");
        };
    }

    private static String claim(String rule) {
        return rule.equals(MaintenanceVerdict.OfTenant.RULE)
                ? "the tenant acknowledges, or resumes what it suspended; what it cancelled takes a new deployment"
                : of(Rule.REPAIRS, Recourse.NONE);
    }

    private static String of(ClaimRule rule) {
        return switch (rule) {
            case UNKNOWN_MACHINE -> "device-manager knows the machine again; nothing where it is retired";
            case ACTIVE_REPAIR -> "the repair that has the machine ends; then it is brought to the version";
            case FAULT_DOMAIN -> "the work in the other fault domain of the group ends";
            case MAX_UNAVAILABLE ->
                "machines of the group become available again, or its limit is raised by './flotilla limits set'; one on which a service crashed is available again when that comes up, or a version of it is deployed that stays up, any other broken one when it is said to be healthy by './flotilla health set'";
            case FAIRNESS -> "whoever has waited longer has had its turn";
            case MOVING -> "the machine's move to another group is done";
        };
    }

    private static String of(Rule rule, Recourse recourse) {
        return switch (rule) {
            case RUNNING -> "nothing: it is done";
            case PROVING -> "it stays healthy long enough" + recourse.promote("the rest of the wait");
            case IN_PROGRESS -> "the agent comes to an end with it; what takes too long counts as a failed attempt";
            case ORDERED -> "the agent takes the order";
            case FETCHED -> "a fresh order, as soon as every rule permits it";
            case UNANSWERED -> "the agent answers: look whether it is up where this lasts";
            case FAULT_DOMAIN, CANARY ->
                "the machines named run the version and have proved themselves, or have failed for good"
                        + (recourse.proving() ? recourse.promote("the proof") : "");
            case MAX_UNAVAILABLE -> "one of the machines named is done, or comes up again";
            case REPAIRS -> "device-manager answers, and the policy engine for the tenants";
            case RETRY_BACKOFF -> "the next attempt, which comes by itself; 'retry-failed' makes it at once";
            case SET_ASIDE, CRASH_LOOP -> recourse.retry();
            case RESTARTING -> "the service stays up; look at its log where it does not";
            case MENDING_PACE -> "the pause is over";
            case LOST, NEVER_REPORTED -> "the machine is heard of: look whether it and its agent are up";
            case GONE -> "nothing: it is no machine of the group any more";
            case SUPERSEDED -> "nothing: the newer deployment has it";
            case ABORTED -> recourse.deployAgain();
            case HALTED, FAILURE_THRESHOLD, PROGRESS_DEADLINE -> recourse.unblock();
            case POLICY -> "the policy engine answers, or says otherwise";
            case REGISTRY -> "version-registry-service can be read";
            case TOPOLOGY -> "device-manager can be read";
        };
    }

    /**
     * What would bring a whole rollout on.
     *
     * @param foremost what ends the wait that all others hang on; null where no machine waits
     */
    static String of(DeploymentState state, @Nullable String foremost, Recourse recourse) {
        return switch (state) {
            case HALTED -> recourse.unblock();
            case ROLLING_OUT -> foremost == null ? "nothing: it goes on by itself" : foremost;
            case COMPLETE ->
                "nothing: it is complete; machines that were passed by, fall back or come later are brought to the version";
            case SUPERSEDED -> of(Rule.SUPERSEDED, recourse);
            case ABORTED -> recourse.deployAgain();
        };
    }
}
