package dev.flotilla.platform.testing;

import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;

/** Values of the {@code Authorization} header for tests, meant for the service under test unless told otherwise. The subject is {@code tester}. */
public class TestTokens {
    private final LocalIssuer issuer;
    private final String audience;

    public TestTokens(@Value("${flotilla.data}") Path data, @Value("${flotilla.security.audience}") String audience) {
        this.audience = audience;
        this.issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
    }

    /** Of someone with these roles, for all services and no machine. */
    public String bearer(Role first, Role... more) {
        return bearer(EnumSet.of(first, more), List.of("*"), List.of());
    }

    /** Of a service of this name. */
    public String service(String name) {
        return "Bearer "
                + issuer.issueFor(audience, name, Set.of(Role.SERVICE), List.of(), List.of(), Duration.ofHours(1));
    }

    /** Of someone with this role who may act for these services only. */
    public String bearerFor(Role role, String... services) {
        return bearer(Set.of(role), List.of(services), List.of());
    }

    /** Of an agent that carries these machines. */
    public String agentOf(String... machines) {
        return bearer(Set.of(Role.MACHINE), List.of(), List.of(machines));
    }

    /** Of someone who answers for these tenants. */
    public String tenant(String... tenants) {
        return "Bearer " + issuer.issueForTenants("tenant-agent", List.of(tenants), Duration.ofHours(1));
    }

    public String expired(Role role) {
        return "Bearer "
                + issuer.issueFor(audience, "tester", Set.of(role), List.of("*"), List.of(), Duration.ofHours(-1));
    }

    /** Of someone with this role, for all services, but meant for another audience than the service under test. */
    public String elsewhere(String other, Role role) {
        return "Bearer " + issuer.issueFor(other, "tester", Set.of(role), List.of("*"), List.of(), Duration.ofHours(1));
    }

    public String bearer(Set<Role> roles, List<String> services, List<String> machines) {
        return "Bearer " + issuer.issueFor(audience, "tester", roles, services, machines, Duration.ofHours(1));
    }
}
