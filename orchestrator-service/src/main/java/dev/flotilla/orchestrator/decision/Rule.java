package dev.flotilla.orchestrator.decision;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The rules behind every action and every wait. A policy's own name stands in the place of {@link #POLICY} where it has one. */
public enum Rule {
    /** The machine runs the version. */
    RUNNING,
    /** An order is being carried out. */
    IN_PROGRESS,
    /** The bytes are there, and the order lapsed before they came: it takes a fresh one, which the rules must permit. */
    FETCHED,
    /** The agent has not answered the order. */
    UNANSWERED,
    /** The order goes out now. */
    ORDERED,
    /** It runs the version and must stay healthy for a while before it counts. */
    PROVING,
    /** Another fault domain comes first. */
    FAULT_DOMAIN,
    /** A few machines go ahead of all others. */
    CANARY,
    /** device-manager is being asked, or can't be; its own rules are named as it names them. */
    REPAIRS,
    /** So many machines are changed or unavailable that no further one may be taken. */
    MAX_UNAVAILABLE,
    /** The next attempt waits after a failed one. */
    RETRY_BACKOFF,
    /** All attempts failed. */
    SET_ASIDE,
    /** It runs the version, which keeps crashing. */
    CRASH_LOOP,
    /** It runs the version, and its agent is starting it again. */
    RESTARTING,
    /** It fell back only just now; it is brought forward again after a pause. */
    MENDING_PACE,
    /** The machine is not heard of any more. */
    LOST,
    /** The machine has never been heard of. */
    NEVER_REPORTED,
    /** It is retired, or has moved to another environment or machine function. */
    GONE,
    /** A newer deployment has taken it over. */
    SUPERSEDED,
    /** The deployment was aborted. */
    ABORTED,
    /** No machine became healthy for too long. */
    PROGRESS_DEADLINE,
    /** The deployment is halted. */
    HALTED,
    /** More machines failed than the deployment allows. */
    FAILURE_THRESHOLD,
    /** The policy engine says so, or can't be asked. */
    POLICY,
    /** The registry can't be followed. */
    REGISTRY,
    /** The topology can't be read. */
    TOPOLOGY;

    /** The rule of that id; empty where there is none. */
    public static Optional<Rule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** The rule as the API writes it: {@code max-unavailable}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
