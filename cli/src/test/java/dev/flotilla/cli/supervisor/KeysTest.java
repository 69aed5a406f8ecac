package dev.flotilla.cli.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.standalone.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void everyPartHasATokenThatOnlyItsOwnerCanRead() throws Exception {
        DataFolder data = new DataFolder(folder);
        new Keys(data, "m1..m100", now::get).renewTokens();
        for (Part part : Part.values()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.token(part))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.keys())))
                .isEqualTo("rwx------");
        assertThat(data.keys().resolve("issuer.pub")).exists();
        assertThat(data.keys().resolve("orders.key")).exists();
    }

    @Test
    void tokensAreRenewedLongBeforeTheyEnd() throws Exception {
        DataFolder data = new DataFolder(folder);
        Keys keys = new Keys(data, "m1..m100", now::get);
        keys.renewTokens();
        String first = Files.readString(data.token(Part.AGENT));
        String toAgents = Files.readString(data.agentToken(Part.ORCHESTRATOR));

        now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
        keys.renewTokens();
        assertThat(Files.readString(data.token(Part.AGENT))).isEqualTo(first);

        now.updateAndGet(time -> time.plus(Duration.ofHours(6)));
        keys.renewTokens();
        assertThat(Files.readString(data.token(Part.AGENT))).isNotEqualTo(first);
        assertThat(Files.readString(data.agentToken(Part.ORCHESTRATOR))).isNotEqualTo(toAgents);
    }
}
