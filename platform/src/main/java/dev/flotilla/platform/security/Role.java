package dev.flotilla.platform.security;

import java.util.Locale;

/** What a caller may do. In tokens they are written in lower case, in the claim {@code roles}. */
public enum Role {
    /** Reads everything. */
    VIEWER,
    /** Uploads and deletes versions of its services. */
    PUBLISHER,
    /** Declares and steers deployments of its services. */
    DEPLOYER,
    /** Runs the fleet: topology, policies, and everything of every service. */
    OPERATOR,
    /** A service of Flotilla itself, calling another: it reads, and does what names this role, which little does. */
    SERVICE,
    /** An agent, for the machines in its token. */
    MACHINE,
    /** An owner of machines, for the tenants in its token: answers what it is asked before its machines are changed. */
    TENANT;

    public String claimValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
