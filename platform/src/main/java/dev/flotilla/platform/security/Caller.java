package dev.flotilla.platform.security;

import dev.flotilla.api.MachineNames;
import dev.flotilla.platform.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes the current request, and what that one may do. The rights come from a verified token. */
public final class Caller {
    private static final String ALL = "*";
    private final String name;
    private final Set<Role> roles;
    private final Set<String> services;
    private final Set<String> machines;
    private final Set<String> tenants;

    /**
     * @param name the subject of the token
     * @param services the services it may act for; {@code *} for all
     * @param machineExpressions the machines it may act for, ranges such as {@code m1..m100} allowed; {@code *} for all
     * @param tenants the tenants it may act for; {@code *} for all
     */
    public Caller(
            String name, Set<Role> roles, Set<String> services, List<String> machineExpressions, Set<String> tenants) {
        this.name = name;
        this.roles = Set.copyOf(roles);
        this.services = Set.copyOf(services);
        this.tenants = Set.copyOf(tenants);
        this.machines =
                machineExpressions.contains(ALL) ? Set.of(ALL) : Set.copyOf(MachineNames.expand(machineExpressions));
    }

    /** One that acts for no tenant. */
    public Caller(String name, Set<Role> roles, Set<String> services, List<String> machineExpressions) {
        this(name, roles, services, machineExpressions, Set.of());
    }

    /** The caller of the request that this thread serves. */
    public static Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof CallerAuthentication known) {
            return known.caller();
        }
        throw new IllegalStateException("no caller: this code runs outside a request with a token");
    }

    public String name() {
        return name;
    }

    public Set<Role> roles() {
        return roles;
    }

    public boolean has(Role... anyOf) {
        return Arrays.stream(anyOf).anyMatch(roles::contains);
    }

    /** A 403 problem unless the caller has one of these roles or is {@link Role#OPERATOR}, who acts for all. */
    public void require(Role... anyOf) {
        if (!has(anyOf) && !has(Role.OPERATOR)) {
            throw ProblemException.forbidden("'" + name + "' has not the right: this takes the role "
                    + Arrays.stream(anyOf).map(Role::claimValue).collect(Collectors.joining(" or ")));
        }
    }

    /** A 403 problem unless the caller may act for this service, as its token says, or as {@link Role#OPERATOR}. */
    public void requireService(String service) {
        if (!services.contains(ALL) && !services.contains(service) && !has(Role.OPERATOR)) {
            throw ProblemException.forbidden("'" + name + "' may not act for the service '" + service
                    + "': its token names "
                    + (services.isEmpty()
                            ? "none"
                            : String.join(
                                    ", ", services.stream().sorted().limit(20).toList())));
        }
    }

    /** A 403 problem unless the caller reports for this machine: role {@code machine}, and the machine among those of its token. */
    public void requireMachine(String machine) {
        if (!has(Role.MACHINE)) {
            throw ProblemException.forbidden("'" + name + "' has not the right: this takes the role machine");
        }
        if (!machines.contains(machine) && !machines.contains(ALL)) {
            throw ProblemException.forbidden(
                    "'" + name + "' may not act for the machine '" + machine + "': it is not among those of its token");
        }
    }

    /** A 403 problem unless the caller answers for this tenant: role {@code tenant}, and the tenant among those of its token; or {@link Role#OPERATOR}. */
    public void requireTenant(String tenant) {
        require(Role.TENANT);
        if (!tenants.contains(tenant) && !tenants.contains(ALL) && !has(Role.OPERATOR)) {
            throw ProblemException.forbidden(
                    "'" + name + "' may not act for the tenant '" + tenant + "': it is not among those of its token");
        }
    }
}
