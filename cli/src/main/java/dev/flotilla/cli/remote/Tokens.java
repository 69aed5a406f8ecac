package dev.flotilla.cli.remote;

import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.security.TokenSource;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the command line itself: the one in {@code FLOTILLA_TOKEN}, or else one of the local issuer. Agents get another, in {@code
 * FLOTILLA_AGENT_TOKEN}: a machine must not get to see a token that works elsewhere.
 */
public final class Tokens {
    private static final Duration LIFE = Duration.ofHours(1);

    private Tokens() {}

    /** A source of tokens with these roles, for all services. One token lasts; a new one is issued in time. */
    public static TokenSource of(DataFolder data, Role... roles) {
        String given = given("FLOTILLA_TOKEN");
        return given != null
                ? () -> given
                : new Renewed(() -> issuer(data).issue(user(), Set.of(roles), List.of("*"), List.of(), LIFE));
    }

    /** A source of tokens for agents; a failure when it is asked, where there is only one for the services. */
    public static TokenSource forAgents(DataFolder data) {
        String given = given("FLOTILLA_AGENT_TOKEN");
        if (given != null) {
            return () -> given;
        }
        if (given("FLOTILLA_TOKEN") == null) {
            return new Renewed(() -> issuer(data)
                    .issueFor(Audience.AGENTS, user(), Set.of(Role.OPERATOR), List.of("*"), List.of(), LIFE));
        }
        return () -> {
            throw new CliFailure(
                    Exit.FAILED,
                    "This asks an agent, and FLOTILLA_TOKEN is not sent to machines: set FLOTILLA_AGENT_TOKEN to a token"
                            + " with the audience " + Audience.AGENTS
                            + " and the role operator, or look at the console.");
        };
    }

    private static @Nullable String given(String variable) {
        String value = System.getenv(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** A source of tokens of those who act for a tenant. */
    public static TokenSource ofTenant(DataFolder data, String tenant) {
        String given = given("FLOTILLA_TOKEN");
        return given != null
                ? () -> given
                : new Renewed(() -> issuer(data).issueForTenants(user(), List.of(tenant), LIFE));
    }

    /** The issuer of the local cluster; a failure where no cluster was ever started. */
    public static LocalIssuer issuer(DataFolder data) {
        if (!Files.exists(data.keys().resolve("issuer.key"))) {
            throw new CliFailure(
                    Exit.UNREACHABLE,
                    "There is no local cluster in " + data.root() + " yet: './flotilla up' makes one. "
                            + "For another cluster set FLOTILLA_TOKEN.");
        }
        return LocalIssuer.openOrCreate(data.keys());
    }

    /** Who uses this machine. */
    public static String user() {
        return System.getProperty("user.name", "unknown");
    }

    private static final class Renewed implements TokenSource {
        private final Supplier<String> issuing;
        private @Nullable String token;
        private long issuedAt;

        private Renewed(Supplier<String> issuing) {
            this.issuing = issuing;
        }

        @Override
        public synchronized String token() {
            if (token == null
                    || System.nanoTime() - issuedAt > LIFE.dividedBy(2).toNanos()) {
                token = issuing.get();
                issuedAt = System.nanoTime();
            }
            return token;
        }
    }
}
