package dev.flotilla.upload.boq;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.boq.Signer.envelope;
import static dev.flotilla.upload.boq.Signer.provenance;
import static dev.flotilla.upload.boq.Signer.signature;
import static dev.flotilla.upload.boq.Signer.testResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What is taken as evidence, and what is not. */
@UploadServiceTest
class EvidenceTest {
    private static final Signer CI = Signer.ed25519();

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    BoqClient client;

    @BeforeEach
    void client() {
        client = BoqClient.of(port, tokens);
    }

    private String trusted() {
        HttpResponse<byte[]> there = client.putKey("ci", CI.pem(), "");
        assertThat(there.statusCode()).isEqualTo(200);
        return "ci";
    }

    @ParameterizedTest
    @CsvSource({
        "Ed25519, 255, Ed25519, Ed25519",
        "EC, 256, SHA256withECDSA, ECDSA P-256",
        "RSA, 2048, SHA256withRSA, RSA 2048",
        "RSA, 2048, RSASSA-PSS, RSA 2048"
    })
    void whatATrustedKeySignedAboutTheBytesOfTheVersionCounts(String keys, int size, String algorithm, String name) {
        Signer signer = Signer.of(keys, size, algorithm);
        String version = algorithm.toLowerCase(java.util.Locale.ROOT);
        String sha256 = client.upload("qualified", version);
        assertThat(client.boq("qualified", version, "test-result")
                        .get("satisfied")
                        .asBoolean())
                .isFalse();
        String key = client.trust(signer);
        assertThat(BoqClient.json(client.viewer().get("/v1/boq-keys/" + key))
                        .get("algorithm")
                        .asString())
                .isEqualTo(name);

        JsonNode stored = client.attested("qualified", version, signer.envelope(testResult(sha256, "PASSED")));

        assertThat(stored.get("counts").asBoolean()).isTrue();
        assertThat(stored.get("kind").asString()).isEqualTo("TEST_RESULT");
        assertThat(stored.get("result").asString()).isEqualTo("PASSED");
        assertThat(stored.at("/keys/0").asString()).isEqualTo(key);
        assertThat(stored.get("storedBy").asString()).isEqualTo("tester");
        assertThat(client.list("qualified", version)).hasSize(1).first().isEqualTo(stored);
        JsonNode boq = client.boq("qualified", version, "test-result");
        assertThat(boq.get("satisfied").asBoolean()).isTrue();
        assertThat(boq.at("/items/0/reason").asString())
                .startsWith("PASSED, signed with " + key + ", stored by tester at ");
    }

    @Test
    void allKindsAreRequiredWhereNoneIsNamed() {
        trusted();
        String sha256 = client.upload("both", "1");
        client.attested("both", "1", CI.envelope(testResult(sha256, "WARNED")));
        assertThat(client.boq("both", "1", null).get("satisfied").asBoolean()).isFalse();
        assertThat(client.boq("both", "1", "test-result,provenance")
                        .at("/items/1/reason")
                        .asString())
                .isEqualTo("there is none");

        client.attested("both", "1", CI.envelope(provenance(sha256, "2026-01-01T10:00:00+02:00")));

        JsonNode boq = client.boq("both", "1", null);
        assertThat(boq.get("satisfied").asBoolean()).isTrue();
        assertThat(boq.at("/items/1/reason").asString()).startsWith("built by https://build.example/7, signed with ci");
        problem(client.viewer().get(UploadClient.path("both", "1") + "/boq?require=test-result,luck"), 400, "require");
    }

    @Test
    void forgedEvidenceIsRefused() {
        trusted();
        String sha256 = client.upload("forged", "1");
        String failed = testResult(sha256, "FAILED");
        String passed = testResult(sha256, "PASSED");
        Signer stranger = Signer.ed25519();

        refused("forged", "signatures[0].sig", stranger.envelope(passed));
        refused("forged", "signatures[0].sig", envelope(passed, signature("ci", stranger.sign(passed))));
        refused("forged", "signatures[0].keyid", envelope(passed, signature("nobody", stranger.sign(passed))));
        refused("forged", "signatures[0].sig", envelope(passed, signature("ci", CI.sign(failed))));
        refused(
                "forged",
                "signatures[0].sig",
                envelope(
                        passed,
                        signature(
                                null,
                                CI.sign("text/plain", passed.getBytes(java.nio.charset.StandardCharsets.UTF_8)))));
    }

    private void refused(String service, String field, String envelope) {
        problem(client.attest(service, "1", envelope), 422, field);
        assertThat(client.list(service, "1")).isEmpty();
    }

    @Test
    void evidenceAboutOtherBytesIsRefused() {
        trusted();
        String sha256 = client.upload("swapped", "1");
        String other = client.upload("swapped", "2");
        refused("swapped", "payload.subject", CI.envelope(testResult(other, "PASSED")));
        assertThat(problem(client.attest("swapped", "1", CI.envelope(testResult(other, "PASSED"))), 422)
                        .detail())
                .contains(sha256);
    }

    @Test
    void oneGoodSignatureOfSeveralIsEnoughAndTheKeyIdIsOnlyAHint() {
        trusted();
        String passed = testResult(client.upload("several", "1"), "PASSED");
        JsonNode stored = client.attested(
                "several",
                "1",
                envelope(
                        passed,
                        signature("ci", Signer.ed25519().sign(passed)),
                        signature("some build system's own name", CI.sign(passed))));
        assertThat(stored.get("counts").asBoolean()).isTrue();
        assertThat(stored.get("keys"))
                .hasSize(1)
                .first()
                .extracting(JsonNode::asString)
                .isEqualTo("ci");
    }

    @Test
    void versionsThatAreNotThereHaveNoEvidence() {
        trusted();
        String envelope = CI.envelope(testResult("00".repeat(32), "PASSED"));
        problem(client.attest("nothing", "1", envelope), 404, "version");
        problem(client.viewer().get(UploadClient.path("nothing", "1") + "/attestations"), 404, "version");
        problem(client.viewer().get(UploadClient.path("nothing", "1") + "/boq"), 404, "version");

        String sha256 = client.upload("nothing", "2");
        client.attested("nothing", "2", CI.envelope(testResult(sha256, "PASSED")));
        client.publisher().delete("nothing", "2");
        problem(client.viewer().get(UploadClient.path("nothing", "2") + "/boq"), 404, "version");
        client.publisher().upload("nothing", "2", "bytes of nothing 2");
        assertThat(client.boq("nothing", "2", "test-result").get("satisfied").asBoolean())
                .as("the same bytes are as good as before")
                .isTrue();
    }

    @Test
    void evidenceTakesAPublisherOfTheServiceOrAnOperator() {
        trusted();
        String path = UploadClient.path("rights", "1") + "/attestations";
        String envelope = CI.envelope(testResult(client.upload("rights", "1"), "PASSED"));
        for (String token : List.of(
                tokens.bearer(Role.VIEWER, Role.DEPLOYER, Role.SERVICE, Role.MACHINE),
                tokens.bearerFor(Role.PUBLISHER, "another"))) {
            problem(BoqClient.send(new UploadClient(port, token), "PUT", path, envelope), 403);
        }
        assertThat(client.list("rights", "1")).isEmpty();
        UploadClient own = new UploadClient(port, tokens.bearerFor(Role.PUBLISHER, "rights"));
        assertThat(own.send(
                                "PUT",
                                path,
                                BodyPublishers.ofString(envelope),
                                "Content-Type",
                                "application/vnd.dsse.envelope+json")
                        .statusCode())
                .isEqualTo(200);
        assertThat(BoqClient.send(client.operator(), "PUT", path, envelope).statusCode())
                .isEqualTo(200);
        problem(own.send("PUT", path, BodyPublishers.ofString(envelope), "Content-Type", "text/plain"), 415);
    }

    @Test
    void theSameEnvelopeManyTimesAtOnceIsStoredOnce() throws Exception {
        trusted();
        String passed = testResult(client.upload("twice", "1"), "PASSED");
        String envelope = CI.envelope(passed);
        CyclicBarrier together = new CyclicBarrier(8);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<byte[]>>> answers = IntStream.range(0, 8)
                    .mapToObj(i -> executor.submit(() -> {
                        together.await();
                        return client.attest("twice", "1", i % 2 == 0 ? envelope : envelope.replace(": ", " :  "));
                    }))
                    .toList();
            for (Future<HttpResponse<byte[]>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
        assertThat(client.list("twice", "1")).hasSize(1);
        client.attested("twice", "1", CI.envelope(passed + " "));
        assertThat(client.list("twice", "1"))
                .as("other bytes are another envelope")
                .hasSize(2);
    }

    @Test
    void anEnvelopeComesBackAsItWasSigned() {
        trusted();
        String passed = testResult(client.upload("back", "1"), "PASSED");
        String id = client.attested("back", "1", CI.envelope(passed)).get("id").asString();
        String path = UploadClient.path("back", "1") + "/attestations/";
        JsonNode envelope = BoqClient.json(client.viewer().get(path + id));
        assertThat(envelope.get("payload").asString()).isEqualTo(Signer.base64(passed));
        assertThat(envelope.at("/signatures/0/sig").asString()).isEqualTo(CI.sign(passed));
        problem(client.viewer().get(path + "0".repeat(64)), 404, "id");
        problem(client.viewer().get(path + "x"), 400, "id");
    }

    @Test
    void evidenceIsListedPageByPageTheLatestFirst() {
        trusted();
        String passed = testResult(client.upload("leafed", "1"), "PASSED");
        for (int i = 0; i < 3; i++) {
            client.attested("leafed", "1", CI.envelope(passed + " ".repeat(i)));
        }
        String path = UploadClient.path("leafed", "1") + "/attestations?limit=2";
        JsonNode first = BoqClient.json(client.viewer().get(path));
        JsonNode rest = BoqClient.json(
                client.viewer().get(path + "&cursor=" + first.get("nextCursor").asString()));
        assertThat(first.get("items")).hasSize(2);
        assertThat(rest.get("items")).hasSize(1);
        assertThat(rest.get("nextCursor").isNull()).isTrue();
        assertThat(first.at("/items/0/storedAt").asString())
                .isGreaterThan(rest.at("/items/0/storedAt").asString());
    }
}
