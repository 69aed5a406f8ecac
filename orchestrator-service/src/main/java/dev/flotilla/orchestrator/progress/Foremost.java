package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.decision.Rule;

/** Which of several waits the others hang on. */
final class Foremost {
    private static final int LAST = 6;

    private Foremost() {}

    /** False for machines that nobody waits for. */
    static boolean waits(MachinePhase phase, String rule) {
        return switch (phase) {
            case WAITING -> !rule.equals(Rule.NEVER_REPORTED.id());
            case FETCHING, SWITCHING, RUNNING -> true;
            case FAILED, EXCUSED, SUPERSEDED -> false;
        };
    }

    /** The lower, the sooner: what stops all, what is under way, what was refused when its turn had come, what was refused before, and the rest, who waits for others last. */
    static int rank(Origin origin, String rule) {
        return switch (origin) {
            case ROLLOUT -> Rule.of(rule).map(Foremost::rank).orElse(LAST);
            case CLAIM -> 3;
            case POLICY -> 4;
        };
    }

    private static int rank(Rule rule) {
        return switch (rule) {
            case HALTED, ABORTED, FAILURE_THRESHOLD, PROGRESS_DEADLINE, SUPERSEDED, POLICY, REGISTRY, TOPOLOGY -> 0;
            case RETRY_BACKOFF, RESTARTING, UNANSWERED, LOST, SET_ASIDE, CRASH_LOOP -> 1;
            case IN_PROGRESS, ORDERED, PROVING, FETCHED, RUNNING, REPAIRS -> 2;
            case MAX_UNAVAILABLE, MENDING_PACE, NEVER_REPORTED, GONE -> LAST - 1;
            case FAULT_DOMAIN, CANARY -> LAST;
        };
    }
}
