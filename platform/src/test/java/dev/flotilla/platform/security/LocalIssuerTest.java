package dev.flotilla.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerTest {
    @TempDir
    Path folder;

    @Test
    void keysAreMadeOnceAndThePrivateOneIsForItsOwnerOnly() throws Exception {
        KeyPair first = PemKeys.openOrCreate(folder, "issuer", "EC", new ECGenParameterSpec("secp256r1"));
        KeyPair again = PemKeys.openOrCreate(folder, "issuer", "EC", new ECGenParameterSpec("secp256r1"));
        assertThat(again.getPrivate()).isEqualTo(first.getPrivate());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("issuer.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aRenewedTokenIsReadAgainAfterAFewSeconds() throws Exception {
        Path file = folder.resolve("own.token");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        FileTokenSource tokens = new FileTokenSource(file, now::get);
        Files.writeString(file, "first\n");
        assertThat(tokens.token()).isEqualTo("first");
        Files.writeString(file, "second\n");
        assertThat(tokens.token()).isEqualTo("first");
        now.set(now.get().plus(Duration.ofSeconds(6)));
        assertThat(tokens.token()).isEqualTo("second");
    }
}
