package dev.flotilla.cli.remote;

import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.security.TokenSource;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of the command line itself: the one in {@code FLOTILLA_TOKEN}, or else one of the local issuer. */
public final class Tokens {
    private static final Duration LIFE = Duration.ofHours(1);

    private Tokens() {}

    /** A source of tokens with these roles, for all services. One token lasts; a new one is issued in time. */
    public static TokenSource of(DataFolder data, Role... roles) {
        @Nullable String given = System.getenv("FLOTILLA_TOKEN");
        return given != null && !given.isBlank() ? given::strip : new Renewed(data, Set.of(roles));
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
        private final DataFolder data;
        private final Set<Role> roles;
        private @Nullable String token;
        private long issuedAt;

        private Renewed(DataFolder data, Set<Role> roles) {
            this.data = data;
            this.roles = roles;
        }

        @Override
        public synchronized String token() {
            if (token == null
                    || System.nanoTime() - issuedAt > LIFE.dividedBy(2).toNanos()) {
                token = issuer(data).issue(user(), roles, List.of("*"), List.of(), LIFE);
                issuedAt = System.nanoTime();
            }
            return token;
        }
    }
}
