package dev.flotilla.upload.boq;

import static dev.flotilla.upload.UploadClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadServiceTest;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Which keys are trusted, and who says so. */
@UploadServiceTest
class BoqKeyTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    BoqClient client;
    Signer signer = Signer.ed25519();

    @BeforeEach
    void client() {
        client = BoqClient.of(port, tokens);
    }

    @Test
    void aKeyIsKeptWithWhatItMaySpeakForAndWhoTrustedIt() {
        String id = client.trust(
                signer,
                ", \"services\": [\"b\", \"a\"], \"kinds\": [\"TEST_RESULT\"], \"notAfter\": \"2030-01-31T12:00:00Z\", \"validFor\": \"P30D\"");
        JsonNode key = BoqClient.json(client.viewer().get("/v1/boq-keys/" + id));
        assertThat(key.at("/key/publicKey").asString().replaceAll("\\s", ""))
                .isEqualTo(signer.pem().replaceAll("\\s", ""));
        assertThat(key.at("/key/services/0").asString()).isEqualTo("b");
        assertThat(key.at("/key/kinds/0").asString()).isEqualTo("TEST_RESULT");
        assertThat(key.at("/key/notAfter").asString()).isEqualTo("2030-01-31T12:00:00Z");
        assertThat(key.at("/key/validFor").asString()).isEqualTo("PT720H");
        assertThat(key.get("createdBy").asString()).isEqualTo("tester");
        assertThat(key.get("revoked").isNull()).isTrue();
        assertThat(UploadClient.text(client.viewer().get("/v1/boq-keys?limit=1000")))
                .contains("\"id\":\"" + id + "\"");
        problem(client.viewer().get("/v1/boq-keys/none"), 404, "id");
    }

    @Test
    void theSameAgainChangesNothingAndOtherRightsChangeIt() {
        String id = client.trust(signer);
        JsonNode before = BoqClient.json(client.viewer().get("/v1/boq-keys/" + id));
        assertThat(BoqClient.json(client.putKey(id, signer.pem(), ""))).isEqualTo(before);
        JsonNode after = BoqClient.json(client.putKey(id, signer.pem(), ", \"services\": [\"a\"]"));
        assertThat(after.at("/key/services/0").asString()).isEqualTo("a");
        assertThat(after.get("changedAt")).isNotEqualTo(before.get("changedAt"));
        assertThat(after.get("createdAt")).isEqualTo(before.get("createdAt"));
    }

    @Test
    void aRevokedKeyStaysInTheListAndNeverComesBack() {
        String id = client.trust(signer);
        JsonNode revoked = BoqClient.json(client.revoke(id));
        assertThat(revoked.at("/revoked/reason").asString()).isEqualTo("it leaked");
        assertThat(revoked.at("/revoked/by").asString()).isEqualTo("tester");
        assertThat(BoqClient.json(client.revoke(id))).as("again").isEqualTo(revoked);
        assertThat(BoqClient.json(client.viewer().get("/v1/boq-keys/" + id))).isEqualTo(revoked);

        assertThat(problem(client.putKey(id, signer.pem(), ""), 409).detail()).contains("for good");
        assertThat(problem(client.putKey(id + "-b", signer.pem(), ""), 409).detail())
                .contains("known as '" + id + "'", "was revoked");
        assertThat(problem(client.putKey(id, Signer.ed25519().pem(), ""), 409).detail())
                .contains("was revoked");
        problem(client.revoke("none"), 404, "id");
        problem(
                BoqClient.send(client.operator(), "POST", "/v1/boq-keys/" + id + "/revoke", "{\"reason\": \" \"}"),
                400,
                "reason");
    }

    @Test
    void aKeyHasOneIdAndAnIdOneKey() {
        String id = client.trust(signer);
        assertThat(problem(client.putKey(id + "-b", signer.pem(), ""), 409).detail())
                .contains("known as '" + id + "'", "change that one");
        assertThat(problem(client.putKey(id, Signer.ed25519().pem(), ""), 409).detail())
                .contains("another id");
    }

    @Test
    void onlyOperatorsSayWhoIsTrusted() {
        String id = client.trust(signer);
        UploadClient others = new UploadClient(
                port, tokens.bearer(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER, Role.SERVICE, Role.MACHINE));
        String body = "{\"publicKey\": \"" + Signer.ed25519().pem().replaceAll("\\R", "\\\\n") + "\"}";
        problem(BoqClient.send(others, "PUT", "/v1/boq-keys/mine", body), 403);
        problem(BoqClient.send(others, "POST", "/v1/boq-keys/" + id + "/revoke", "{\"reason\": \"r\"}"), 403);
        assertThat(others.get("/v1/boq-keys/" + id).statusCode()).isEqualTo(200);
        assertThat(BoqClient.json(others.get("/v1/boq-keys/" + id))
                        .get("revoked")
                        .isNull())
                .isTrue();
    }

    @Test
    void weakKeysAndWhatIsNoPublicKeyAreRefusedWithWhatIsAllowed() {
        refused(Signer.of("RSA", 1024, "").pem(), "RSA of 1024 bits");
        refused(Signer.of("EC", 384, "").pem(), "curve");
        refused(Signer.of("X25519", 255, "").pem(), "of another sort");
        refused(Signer.of("Ed448", 448, "").pem(), "of another sort");
        refused(signer.pem().replace("PUBLIC", "PRIVATE"), "keep it to yourself");
        refused("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----", "openssl x509");
        refused("ssh-ed25519 AAAA", "PEM");
        refused(signer.pem() + signer.pem(), "one public key");
        refused(signer.pem().substring(0, 60), "PEM");
        refused(signer.pem().replace("MC", "M*"), "PEM");
        byte[] cut = Arrays.copyOf(signer.pair().getPublic().getEncoded(), 40);
        refused(pem(cut), "cut off");
    }

    @Test
    void whatHasTheFormOfAKeyAndIsNoneIsRefused() {
        byte[] der = signer.pair().getPublic().getEncoded();
        Arrays.fill(der, der.length - 32, der.length, (byte) 0xff);
        der[der.length - 1] = 0;
        refused(pem(der), "no key");
    }

    private static String pem(byte[] der) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END PUBLIC KEY-----";
    }

    private void refused(String pem, String why) {
        assertThat(problem(client.putKey("refused", pem, ""), 400, "publicKey").detail())
                .contains(why);
    }
}
