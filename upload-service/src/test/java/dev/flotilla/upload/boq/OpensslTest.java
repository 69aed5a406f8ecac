package dev.flotilla.upload.boq;

import static dev.flotilla.upload.UploadClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.UploadServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Evidence made with openssl and a shell, as docs/boq.md shows it: none of our code has a hand in it. */
@UploadServiceTest
class OpensslTest {
    /** Makes ci.pub and envelope.json about the digest; how a key is made and how it signs stand in KEY and SIGN. */
    private static final String SCRIPT = """
            set -e
            openssl genpkey $KEY -out ci.key 2>/dev/null
            openssl pkey -in ci.key -pubout -out ci.pub
            cat > statement.json <<END
            {"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "hello", "digest": {"sha256": "$1"}}],
             "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
             "predicate": {"result": "PASSED", "configuration": [], "passedTests": ["grüßt"]}}
            END
            type=application/vnd.in-toto+json
            { printf 'DSSEv1 %d %s %d ' ${#type} $type $(wc -c < statement.json); cat statement.json; } > pae
            openssl $SIGN pae
            printf '{"payloadType": "%s", "payload": "%s", "signatures": [{"sig": "%s"}]}\\n' \\
              $type $(openssl base64 -A -in statement.json) $(openssl base64 -A -in signature) > envelope.json
            """;

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @TempDir
    Path folder;

    BoqClient client;

    @BeforeEach
    void client() {
        assumeTrue(hasOpenssl(), "openssl is not installed: that its envelopes are taken is not tested");
        client = BoqClient.of(port, tokens);
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, -algorithm ed25519, pkeyutl -sign -inkey ci.key -out signature -rawin -in",
        "p256, -algorithm EC -pkeyopt ec_paramgen_curve:P-256, dgst -sha256 -sign ci.key -out signature",
        "rsa, -algorithm RSA -pkeyopt rsa_keygen_bits:2048, dgst -sha256 -sign ci.key -out signature",
        "pss, -algorithm RSA -pkeyopt rsa_keygen_bits:2048, dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sign ci.key -out signature"
    })
    void anEnvelopeThatOpensslMadeCounts(String version, String key, String sign) throws Exception {
        make(key, sign, client.upload("openssl", version));
        assertThat(client.putKey("openssl-" + version, read("ci.pub"), "").statusCode())
                .isEqualTo(200);

        assertThat(client.attested("openssl", version, read("envelope.json"))
                        .get("counts")
                        .asBoolean())
                .isTrue();
        assertThat(client.boq("openssl", version, "test-result")
                        .get("satisfied")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void oneThatWasSwappedToAnotherVersionIsRefused() throws Exception {
        client.upload("openssl", "other");
        make(
                "-algorithm ed25519",
                "pkeyutl -sign -inkey ci.key -out signature -rawin -in",
                client.upload("openssl", "mine"));
        client.putKey("openssl-swap", read("ci.pub"), "");
        problem(client.attest("openssl", "other", read("envelope.json")), 422, "payload.subject");
    }

    private void make(String key, String sign, String sha256) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", SCRIPT, "sh", sha256)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().put("KEY", key);
        shell.environment().put("SIGN", sign);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private static boolean hasOpenssl() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
