package dev.flotilla.policy.maintenance;

import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;

/** Who may act for a tenant. */
final class TenantRights {
    private TenantRights() {}

    /** The caller, who may; a 403 problem otherwise. */
    static Caller require(String tenant) {
        Caller caller = Caller.current();
        caller.require(Role.OPERATOR);
        return caller;
    }
}
