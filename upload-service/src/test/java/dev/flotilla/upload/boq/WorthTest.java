package dev.flotilla.upload.boq;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.boq.Signer.provenance;
import static dev.flotilla.upload.boq.Signer.testResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.UploadServiceTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What evidence that was taken is worth later. */
@UploadServiceTest
class WorthTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient db;

    BoqClient client;
    Signer signer = Signer.ed25519();

    @BeforeEach
    void client() {
        client = BoqClient.of(port, tokens);
    }

    @Test
    void whatARevokedKeySignedCountsNoMore() {
        String key = client.trust(signer);
        String sha256 = client.upload("worth", "revoked");
        client.attested("worth", "revoked", signer.envelope(testResult(sha256, "PASSED")));
        assertThat(satisfied("revoked")).isTrue();

        assertThat(client.revoke(key).statusCode()).isEqualTo(200);

        assertThat(satisfied("revoked")).isFalse();
        assertThat(reason("revoked")).contains("the key '" + key + "' was revoked by tester at ", ": it leaked");
        assertThat(client.list("worth", "revoked").get(0).get("reason").asString())
                .contains("was revoked by tester");
        assertThat(problem(
                                client.attest("worth", "revoked", signer.envelope(testResult(sha256, "WARNED"))),
                                422,
                                "signatures")
                        .detail())
                .contains("was revoked by tester");
        assertThat(client.attested("worth", "revoked", signer.envelope(testResult(sha256, "PASSED")))
                        .get("counts")
                        .asBoolean())
                .as("the same again is what is there")
                .isFalse();
    }

    @Test
    void aSecondSignatureKeepsItWorthWhatItWas() {
        Signer second = Signer.of("EC", 256, "SHA256withECDSA");
        String key = client.trust(signer);
        client.trust(second);
        String passed = testResult(client.upload("worth", "both"), "PASSED");
        client.attested(
                "worth",
                "both",
                Signer.envelope(
                        passed,
                        Signer.signature(null, signer.sign(passed)),
                        Signer.signature(null, second.sign(passed))));
        client.revoke(key);
        assertThat(satisfied("both")).isTrue();
    }

    @Test
    void expiredEvidenceCountsNoMore() {
        client.trust(signer, ", \"validFor\": \"PT1H\"");
        String passed = testResult(client.upload("worth", "expired"), "PASSED");
        JsonNode stored = client.attested("worth", "expired", signer.envelope(passed));
        assertThat(Instant.parse(stored.get("expiresAt").asString()))
                .isEqualTo(Instant.parse(stored.get("storedAt").asString()).plus(Duration.ofHours(1)));
        assertThat(satisfied("expired")).isTrue();

        storedEarlier("expired", 3590);
        assertThat(satisfied("expired")).isTrue();
        storedEarlier("expired", 20);
        assertThat(satisfied("expired")).isFalse();
        assertThat(reason("expired")).contains("it expired at ");

        client.attested("worth", "expired", signer.envelope(passed + " "));
        assertThat(satisfied("expired")).as("fresh evidence").isTrue();
    }

    @Test
    void aBuildIsAsOldAsItSays() {
        client.trust(signer, ", \"validFor\": \"PT1H\"");
        String sha256 = client.upload("worth", "built");
        String old = Instant.now().minus(Duration.ofHours(2)).toString();
        assertThat(problem(client.attest("worth", "built", signer.envelope(provenance(sha256, old))), 422)
                        .detail())
                .contains("it expired at");
        String ahead = Instant.now().plus(Duration.ofDays(900)).toString();
        JsonNode stored = client.attested("worth", "built", signer.envelope(provenance(sha256, ahead)));
        assertThat(Instant.parse(stored.get("expiresAt").asString()))
                .as("nobody gives himself more time")
                .isBefore(Instant.now().plus(Duration.ofHours(1)));
    }

    @Test
    void failedTestsDoNotCountAndOutweighWhatWasStoredBefore() {
        client.trust(signer);
        String sha256 = client.upload("worth", "failed");
        client.attested("worth", "failed", signer.envelope(testResult(sha256, "PASSED")));
        client.attested("worth", "failed", signer.envelope(provenance(sha256, "2026-01-01T10:00:00Z")));

        assertThat(client.attested("worth", "failed", signer.envelope(testResult(sha256, "FAILED")))
                        .get("reason")
                        .asString())
                .isEqualTo("the tests failed");
        assertThat(satisfied("failed")).isFalse();
        assertThat(reason("failed")).isEqualTo("of the 2 there are none counts; of that stored last, the tests failed");
        assertThat(client.boq("worth", "failed", "provenance").get("satisfied").asBoolean())
                .isTrue();

        client.attested("worth", "failed", signer.envelope(testResult(sha256, "PASSED") + " "));
        assertThat(satisfied("failed")).isTrue();
    }

    @Test
    void aFailureThatARevokedKeySignedSaysNothing() {
        Signer other = Signer.ed25519();
        client.trust(signer);
        String leaked = client.trust(other);
        String sha256 = client.upload("worth", "slander");
        client.attested("worth", "slander", signer.envelope(testResult(sha256, "PASSED")));
        client.attested("worth", "slander", other.envelope(testResult(sha256, "FAILED")));
        assertThat(satisfied("slander")).isFalse();
        client.revoke(leaked);
        assertThat(satisfied("slander")).isTrue();
    }

    @Test
    void aKeySpeaksForItsServicesAboutItsKindsAndUntilItsTime() {
        String sha256 = client.upload("worth", "limits");
        Signer elsewhere = Signer.ed25519();
        client.trust(elsewhere, ", \"services\": [\"another\"]");
        assertThat(problem(
                                client.attest("worth", "limits", elsewhere.envelope(testResult(sha256, "PASSED"))),
                                422,
                                "signatures")
                        .detail())
                .contains("may not speak for the service 'worth'");
        Signer builder = Signer.ed25519();
        String key = client.trust(builder, ", \"services\": [\"worth\"], \"kinds\": [\"PROVENANCE\"]");
        assertThat(problem(
                                client.attest("worth", "limits", builder.envelope(testResult(sha256, "PASSED"))),
                                422,
                                "signatures")
                        .detail())
                .contains("may not speak about test-result");
        client.attested("worth", "limits", builder.envelope(provenance(sha256, "2026-01-01T10:00:00Z")));
        Signer retired = Signer.ed25519();
        client.trust(retired, ", \"notAfter\": \"2026-01-01T00:00:00Z\"");
        assertThat(problem(
                                client.attest("worth", "limits", retired.envelope(testResult(sha256, "PASSED"))),
                                422,
                                "signatures")
                        .detail())
                .contains("nothing is taken after 2026-01-01T00:00:00Z");

        client.putKey(key, builder.pem(), ", \"services\": [\"another\"]");
        assertThat(client.boq("worth", "limits", "provenance").get("satisfied").asBoolean())
                .as("what a key may speak for is asked anew")
                .isFalse();
    }

    @Test
    void whatWasStoredBeforeAKeysTimeWasOverGoesOnCounting() {
        String key = client.trust(signer);
        client.attested("worth", "rotated", signer.envelope(testResult(client.upload("worth", "rotated"), "PASSED")));
        client.putKey(key, signer.pem(), ", \"notAfter\": \"" + Instant.now() + "\"");
        assertThat(satisfied("rotated")).isTrue();
    }

    @Test
    void whatWasTamperedWithInTheDatabaseCountsNoMore() {
        client.trust(signer);
        String sha256 = client.upload("worth", "tampered");
        client.attested("worth", "tampered", signer.envelope(testResult(sha256, "FAILED")));
        db.sql("update attestation set payload = ? where service = 'worth' and version = 'tampered'")
                .param(testResult(sha256, "PASSED").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .update();
        assertThat(satisfied("tampered")).isFalse();
        assertThat(reason("tampered")).contains("no key that was ever trusted");
    }

    private boolean satisfied(String version) {
        return client.boq("worth", version, "test-result").get("satisfied").asBoolean();
    }

    private String reason(String version) {
        return client.boq("worth", version, "test-result").at("/items/0/reason").asString();
    }

    private void storedEarlier(String version, int seconds) {
        db.sql("update attestation set stored_at = stored_at - make_interval(secs => ?) where version = ?")
                .params(seconds, version)
                .update();
    }
}
