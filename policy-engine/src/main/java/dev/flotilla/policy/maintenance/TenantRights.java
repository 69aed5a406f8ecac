package dev.flotilla.policy.maintenance;

import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;

/** Who may act for a tenant. */
final class TenantRights {
    private TenantRights() {}

    /** The caller, who may; a 403 problem otherwise. */
    static Caller require(String tenant) {
        Caller caller = Caller.current();
        caller.requireTenant(tenant);
        return caller;
    }

    /** A 403 problem for tenants that are not this one; everybody else of the fleet may read. */
    static void requireReading(String tenant) {
        Caller caller = Caller.current();
        if (!caller.has(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER, Role.SERVICE)) {
            caller.requireTenant(tenant);
        }
    }
}
