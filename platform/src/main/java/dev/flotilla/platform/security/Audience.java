package dev.flotilla.platform.security;

/**
 * Whom a token is for (claim {@code aud}, RFC 7519): the services of the fleet, or its agents. Agents run on machines that may be hostile,
 * so what is sent to them is of no use at a service, and what is sent to services is of no use at an agent.
 */
public final class Audience {
    /** The default of {@code flotilla.security.audience}, for every service. */
    public static final String FLEET = "flotilla";

    /** The same for agents. */
    public static final String AGENTS = "flotilla-agent";

    private Audience() {}
}
