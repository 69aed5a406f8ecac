package dev.flotilla.cli.boq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.FakeCluster;
import dev.flotilla.cli.FakeCluster.Run;
import dev.flotilla.cli.session.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said about evidence, as upload-service gets to hear it, and what it answers, as people read it. */
class BoqCommandsTest {
    private static final String ATTESTATION = "{\"id\":\"" + "ab".repeat(32)
            + "\",\"kind\":\"TEST_RESULT\",\"predicateType\":\"t\",\"result\":\"PASSED\",\"keys\":[\"ci\"],"
            + "\"storedAt\":\"2026-11-22T10:00:00Z\",\"storedBy\":\"ann\",\"expiresAt\":null,\"counts\":%s,\"reason\":%s}";

    private static final String KEY =
            "{\"id\":\"ci\",\"key\":%s,\"algorithm\":\"Ed25519\",\"fingerprint\":\"cd\",\"createdBy\":\"ann\","
                    + "\"createdAt\":\"2026-11-22T10:00:00Z\",\"changedBy\":\"ann\",\"changedAt\":\"2026-11-22T10:00:00Z\",\"revoked\":%s}";

    private static final String REVOKED = "{\"reason\":\"it leaked\",\"by\":\"bob\",\"at\":\"2026-11-22T11:00:00Z\"}";

    @TempDir
    Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void anEnvelopeIsSentAsItIsAndWhatItIsWorthIsSaid() throws IOException {
        Path file = folder.resolve("envelope.json");
        Files.writeString(
                file,
                "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[{\"sig\":\"AA==\"}],\"more\":1}");
        cluster.answering(
                "PUT /v1/services/hello/versions/1.0.0/attestations", body -> ATTESTATION.formatted("true", "null"));
        Run run = cluster.run("attest", "hello", "1.0.0", file.toString());
        assertThat(run.exit()).isEqualTo(Exit.OK);
        assertThat(run.out()).isEqualTo("Stored: test-result PASSED of hello 1.0.0, signed with ci.\n");
        JsonNode sent = JsonMapper.shared().readTree(cluster.body("PUT "));
        assertThat(sent.get("payload").asString()).isEqualTo("e30=");
        assertThat(sent.at("/signatures/0/sig").asString()).isEqualTo("AA==");

        cluster.reset()
                .answering(
                        "PUT /v1/services/hello/versions/1.0.0/attestations",
                        body -> ATTESTATION.formatted("false", "\"the tests failed\""));
        assertThat(cluster.run("attest", "hello", "1.0.0", file.toString()).out())
                .endsWith("signed with ci. It does not count: the tests failed.\n");
    }

    @Test
    void whatIsNoEnvelopeIsNotSent() throws IOException {
        Path file = Files.writeString(folder.resolve("envelope.json"), "{\"payload\":");
        assertThat(cluster.run("attest", "hello", "1.0.0", file.toString()).exit())
                .isEqualTo(Exit.USAGE);
        Run run = cluster.run("attest", "hello", "1.0.0", folder.resolve("none").toString());
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("no text file that can be read");
        assertThat(cluster.asked()).isEmpty();
    }

    @Test
    void whatIsMissingIsSaidAndIsNoSuccess() {
        cluster.answering(
                        "GET /v1/services/hello/versions/1.0.0/boq",
                        body ->
                                "{\"service\":\"hello\",\"version\":\"1.0.0\",\"satisfied\":false,\"at\":\"2026-11-22T12:00:00Z\",\"items\":["
                                        + "{\"kind\":\"TEST_RESULT\",\"satisfied\":true,\"reason\":\"PASSED, signed with ci\",\"attestation\":\"ab\"},"
                                        + "{\"kind\":\"PROVENANCE\",\"satisfied\":false,\"reason\":\"there is none\",\"attestation\":null}]}")
                .answering(
                        "GET /v1/services/hello/versions/1.0.0/attestations",
                        body -> "{\"items\":[" + ATTESTATION.formatted("false", "\"the tests failed\"")
                                + "],\"nextCursor\":null}");
        Run run = cluster.run("boq", "hello", "1.0.0", "--require", "test-result,provenance");
        assertThat(run.exit()).isEqualTo(Exit.FAILED);
        assertThat(run.out().lines().map(line -> line.replaceAll(" {2,}", "|")).toList())
                .contains("test-result|yes|PASSED, signed with ci", "provenance|no|there is none")
                .anyMatch(line -> line.startsWith("test-result PASSED|abababababab|ci|")
                        && line.endsWith("ann|-|no: the tests failed"));
        assertThat(cluster.asked().getFirst().line()).contains("require=test-result", "provenance");

        JsonNode json = JsonMapper.shared()
                .readTree(
                        cluster.run("boq", "hello", "1.0.0", "--output", "json").out());
        assertThat(json.at("/boq/satisfied").asBoolean()).isFalse();
        assertThat(json.at("/attestations/0/keys/0").asString()).isEqualTo("ci");
    }

    @Test
    void aKeyIsTrustedInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("ci.pub"), "-----BEGIN PUBLIC KEY-----");
        cluster.answering("PUT /v1/boq-keys/ci", body -> KEY.formatted(body, "null"));
        Run run = cluster.run(
                "boq-keys",
                "add",
                "ci",
                file.toString(),
                "--services",
                "hello,shop",
                "--about",
                "test-result",
                "--valid-for",
                "30d");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        "Trusted: ci, Ed25519, may speak about test-result for services: hello, shop; its evidence counts for"
                                + " 30d. './flotilla boq-keys revoke ci' ends that.\n");
        JsonNode sent = JsonMapper.shared().readTree(cluster.body("PUT /v1/boq-keys/ci"));
        assertThat(sent.get("publicKey").asString()).isEqualTo("-----BEGIN PUBLIC KEY-----");
        assertThat(sent.at("/services/1").asString()).isEqualTo("shop");
        assertThat(sent.at("/kinds/0").asString()).isEqualTo("TEST_RESULT");
        assertThat(sent.get("validFor").asString()).isEqualTo("PT720H");

        Run wrong = cluster.run("boq-keys", "add", "ci", file.toString(), "--about", "luck");
        assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
        assertThat(wrong.err()).contains("'luck' is neither test-result nor provenance");
    }

    @Test
    void aKeyIsRevokedWithAReasonAndStaysInTheList() {
        cluster.answering("POST /v1/boq-keys/ci/revoke", body -> KEY.formatted("{\"publicKey\":\"p\"}", REVOKED))
                .answering(
                        "GET /v1/boq-keys?",
                        body -> "{\"items\":[" + KEY.formatted("{\"publicKey\":\"p\"}", REVOKED)
                                + "],\"nextCursor\":null}")
                .answering("GET /v1/boq-keys/ci", body -> KEY.formatted("{\"publicKey\":\"p\"}", REVOKED));
        assertThat(cluster.run("boq-keys", "revoke", "ci").exit()).isEqualTo(Exit.USAGE);
        assertThat(cluster.run("boq-keys", "revoke", "ci", "--reason", "it leaked")
                        .out())
                .startsWith("ci is revoked: by bob, ")
                .endsWith(": it leaked.\n");
        assertThat(cluster.body("POST ")).isEqualTo("{\"reason\":\"it leaked\"}");
        for (List<String> command : List.of(List.of("boq-keys"), List.of("boq-keys", "show", "ci"))) {
            assertThat(cluster.run(command.toArray(String[]::new)).out())
                    .contains("Ed25519", "by bob, ", ": it leaked");
        }
    }

    @Test
    void whereNoKeyIsTrustedTheWayToOneIsSaid() {
        cluster.answering("GET /v1/boq-keys?", body -> "{\"items\":[],\"nextCursor\":null}");
        assertThat(cluster.run("boq-keys").out()).contains("./flotilla boq-keys add NAME FILE");
    }
}
