package dev.flotilla.upload.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.platform.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReprDigestTest {
    private static final String HELLO_BASE64 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    private static final String HELLO_HEX = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @Test
    void readsTheDigest() {
        assertThat(parse("sha-256=:" + HELLO_BASE64 + ":")).contains(HELLO_HEX);
    }

    @Test
    void writesWhatItReads() {
        assertThat(ReprDigest.format(HELLO_HEX)).isEqualTo("sha-256=:" + HELLO_BASE64 + ":");
    }

    @Test
    void passesOverOtherAlgorithmsAndParameters() {
        assertThat(parse("sha-512=:AAAA:, sha-256=:" + HELLO_BASE64 + ":;p=1 ,md5=:AA==:"))
                .contains(HELLO_HEX);
    }

    @Test
    void withoutAHeaderNothingIsClaimed() {
        assertThat(parse(null)).isEmpty();
    }

    @Test
    void saysWhichAlgorithmIsSupported() {
        assertThatThrownBy(() -> parse("sha-512=:AAAA:"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Repr-Digest")
                .hasMessageContaining("only sha-256");
    }

    @Test
    void refusesWhatIsMalformed() {
        for (String header : List.of(
                "",
                "sha-256",
                HELLO_HEX,
                "sha-256=" + HELLO_HEX,
                "sha-256=:" + HELLO_HEX + ":",
                "sha-256=:" + HELLO_BASE64,
                "sha-256=:AAAA:",
                "sha-256=:====:",
                "SHA-256=:" + HELLO_BASE64 + ":",
                "sha-256=:" + HELLO_BASE64 + ":,")) {
            assertThatThrownBy(() -> parse(header))
                    .as(header)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Repr-Digest")
                    .hasMessageContaining("base64");
        }
    }

    private static Optional<String> parse(@Nullable String header) {
        return ReprDigest.parse(ReprDigest.HEADER, header).map(ClaimedDigest::sha256);
    }
}
