package dev.flotilla.api.policy;

/** What a policy says of a change. */
public enum Effect {
    ALLOW,
    /** Not now: ask again later. */
    DEFER,
    /** No. */
    DENY
}
