package dev.flotilla.cli.supervisor;

import dev.flotilla.platform.orders.OrderKeys;
import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.standalone.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The keys of a local cluster, and a token for each part, renewed long before it ends. */
public final class Keys {
    static final Duration LIFE = Duration.ofHours(24);
    private static final Duration RENEW_AFTER = LIFE.dividedBy(4);

    private final DataFolder data;
    private final LocalIssuer issuer;
    private final String machines;
    private final InstantSource clock;
    private Instant issuedAt = Instant.MIN;

    /** Opens the keys in the folder, or makes them. */
    public Keys(DataFolder data, String machines, InstantSource clock) throws IOException {
        this.data = data;
        this.machines = machines;
        this.clock = clock;
        Files.createDirectories(data.root());
        Files.createDirectories(data.keys());
        Files.setPosixFilePermissions(data.keys(), PosixFilePermissions.fromString("rwx------"));
        this.issuer = LocalIssuer.openOrCreate(data.keys(), clock);
        OrderKeys.openOrCreate(data.keys());
    }

    /**
     * Writes new tokens unless those there are still young.
     *
     * @return whether it did
     */
    public boolean renewTokens() throws IOException {
        Instant now = clock.instant();
        if (!issuedAt.equals(Instant.MIN) && Duration.between(issuedAt, now).compareTo(RENEW_AFTER) < 0) {
            return false;
        }
        for (Part part : Part.values()) {
            write(data.token(part), (part == Part.AGENT ? agentToken() : serviceToken(part)) + "\n", "rw-------");
            if (callsAgents(part)) {
                write(data.agentToken(part), tokenToAgents(part) + "\n", "rw-------");
            }
        }
        issuedAt = now;
        return true;
    }

    private String serviceToken(Part part) {
        return issuer.issue(part.folder(), Set.of(Role.SERVICE), List.of(), List.of(), LIFE);
    }

    /** Whether a part calls agents, for which it has a second token that is worth nothing elsewhere. */
    static boolean callsAgents(Part part) {
        return part == Part.ORCHESTRATOR || part == Part.CONSOLE;
    }

    private String tokenToAgents(Part part) {
        return issuer.issueFor(Audience.AGENTS, part.folder(), Set.of(Role.SERVICE), List.of(), List.of(), LIFE);
    }

    private String agentToken() {
        return issuer.issue(Part.AGENT.folder(), Set.of(Role.MACHINE), List.of(), List.of(machines), LIFE);
    }

    /** Replaces a file as one step. Until it has its permissions nobody but its owner may read it. */
    static void write(Path file, String content, String permissions) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(
                file.getParent(),
                "fresh",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, content);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
