package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.orchestrator.decision.Rule;
import java.util.Arrays;

/** What would end a wait, by the rule behind it. */
final class Unblocking {
    private Unblocking() {}

    /** @param rule the id of a {@link Rule} or a {@link ClaimRule}, or the name of a policy */
    static String of(String rule) {
        return Arrays.stream(Rule.values())
                .filter(known -> known.id().equals(rule))
                .findFirst()
                .map(Unblocking::of)
                .orElseGet(() -> Arrays.stream(ClaimRule.values())
                        .filter(known -> known.id().equals(rule))
                        .findFirst()
                        .map(Unblocking::of)
                        .orElse("the policy '" + rule + "' ends, is changed, or is overridden"));
    }

    private static String of(ClaimRule rule) {
        return switch (rule) {
            case UNKNOWN_MACHINE -> "device-manager knows the machine again";
            case ACTIVE_REPAIR -> "the repair that has the machine ends";
            case FAULT_DOMAIN -> "the work in the other fault domain of the group ends";
            case MAX_UNAVAILABLE ->
                "machines of the group become available again, or its limit is raised in device-manager";
            case FAIRNESS -> "whoever has waited longer has had its turn";
            case MOVING -> "the machine's move to another group is done";
        };
    }

    private static String of(Rule rule) {
        return switch (rule) {
            case RUNNING -> "nothing: it is done";
            case PROVING -> "it stays healthy long enough; 'promote' skips the rest of the wait";
            case IN_PROGRESS, ORDERED -> "the agent comes to an end with it";
            case FETCHED -> "a fresh order, as soon as every rule permits it";
            case UNANSWERED -> "the agent answers";
            case FAULT_DOMAIN, CANARY ->
                "the machines named run the version and have proved themselves, or have failed for good; 'promote' skips the proof";
            case MAX_UNAVAILABLE -> "one of the machines named is done";
            case REPAIRS -> "device-manager answers";
            case RETRY_BACKOFF -> "the next attempt; 'retry-failed' makes it at once";
            case SET_ASIDE, CRASH_LOOP ->
                "a person looks at the machine or the version; then 'retry-failed', or 'resume' where it is halted";
            case RESTARTING -> "the service stays up";
            case MENDING_PACE -> "the pause is over";
            case LOST, NEVER_REPORTED -> "the machine is heard of; look whether it and its agent are up";
            case GONE -> "nothing: it is no machine of the group any more";
            case SUPERSEDED -> "nothing: the newer deployment goes on with it";
            case ABORTED -> "nothing: declare anew";
            case HALTED, FAILURE_THRESHOLD, PROGRESS_DEADLINE ->
                "'resume', or a newer deployment, such as of the version before";
            case POLICY -> "the policy engine answers, or says otherwise";
            case REGISTRY -> "version-registry-service can be read";
            case TOPOLOGY -> "device-manager can be read";
        };
    }
}
