package dev.flotilla.upload.boq;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.boq.Signer.envelope;
import static dev.flotilla.upload.boq.Signer.provenance;
import static dev.flotilla.upload.boq.Signer.signature;
import static dev.flotilla.upload.boq.Signer.testResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.upload.UploadServiceTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is no evidence by its form or size, and which field is to blame. */
@UploadServiceTest
class MalformedEvidenceTest {
    private static final Signer CI = Signer.ed25519();

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    BoqClient client;

    @BeforeEach
    void client() {
        client = BoqClient.of(port, tokens);
        client.putKey("malformed-ci", CI.pem(), "");
    }

    @Test
    void whatIsNoEnvelopeIsRefusedByTheFieldThatIsWrong() {
        String passed = testResult(client.upload("malformed", "1"), "PASSED");
        String sig = signature("malformed-ci", CI.sign(passed));
        String base64 = Signer.base64(passed);
        malformed("payload", Signer.raw(Signer.IN_TOTO, base64.substring(0, base64.length() - 3), sig));
        malformed("payload", Signer.raw(Signer.IN_TOTO, "*" + base64.substring(1), sig));
        malformed("payload", Signer.raw(Signer.IN_TOTO, "", sig));
        malformed("payloadType", Signer.raw("application/json", base64, sig));
        malformed(
                "signatures[0].sig",
                envelope(passed, signature("malformed-ci", CI.sign(passed).substring(0, 40) + "a")));
        malformed("signatures[0].sig", envelope(passed, signature("malformed-ci", "")));
        malformed("signatures", envelope(passed));
        malformed("body", envelope(passed, sig).substring(0, 100));
        malformed("payload", "{\"payloadType\": 7, \"payload\": 1}".replace("7", "\"" + Signer.IN_TOTO + "\""));
        Problem cut =
                problem(client.attest("malformed", "1", Signer.raw(Signer.IN_TOTO, base64.substring(0, 40), sig)), 422);
        assertThat(cut.errors().getFirst().field()).isEqualTo("signatures[0].sig");
        assertThat(client.list("malformed", "1")).isEmpty();
    }

    @Test
    void whatIsSignedButNoStatementOfAKnownPredicateIsRefusedByTheFieldThatIsWrong() {
        String sha256 = client.upload("malformed", "2");
        String passed = testResult(sha256, "PASSED");
        String built = provenance(sha256, "2026-01-01T10:00:00Z");
        statement("payload", "no json");
        statement("payload", passed + "{}");
        statement("payload", passed.replace("\"predicate\"", "\"predicateType\": \"twice\", \"predicate\""));
        statement("payload._type", passed.replace("Statement/v1", "Statement/v2"));
        statement("payload._type", "[]");
        statement("payload.predicateType", passed.replace("test-result/v0.1", "vibes/v1"));
        statement("payload.predicate.result", passed.replace("PASSED", "passed"));
        statement("payload.subject", passed.replace("\"sha256\"", "\"sha1\""));
        statement("payload.subject", passed.replace("\"subject\": [", "\"subject\": {}, \"was\": ["));
        statement("payload.predicate.runDetails.builder.id", built.replace("\"builder\"", "\"bilder\""));
        statement("payload.predicate.buildDefinition.buildType", built.replace("buildType", "type"));
        statement("payload.predicate.runDetails.metadata.finishedOn", built.replace("2026-01-01T", ""));
        assertThat(problem(
                                client.attest(
                                        "malformed", "2", CI.envelope(passed.replace("test-result/v0.1", "vibes/v1"))),
                                400)
                        .detail())
                .contains("https://in-toto.io/attestation/test-result/v0.1", "https://slsa.dev/provenance/v1");
        assertThat(client.list("malformed", "2")).isEmpty();
        client.attested("malformed", "2", CI.envelope(passed.replace("Statement/v1", "Statement/v0.1")));
    }

    private void malformed(String field, String envelope) {
        Problem problem = problem(client.attest("malformed", "1", envelope), 400);
        assertThat(problem.errors())
                .as(envelope)
                .anySatisfy(error -> assertThat(error.field()).isEqualTo(field));
    }

    private void statement(String field, String payload) {
        problem(client.attest("malformed", "2", CI.envelope(payload)), 400, field);
    }

    @Test
    void moreThanAMebibyteIsTooLarge() {
        String passed = testResult(client.upload("large", "1"), "PASSED");
        String padded = passed + " ".repeat((1 << 20) * 3 / 4 - passed.length());
        client.attested("large", "1", CI.envelope(padded));
        problem(client.attest("large", "1", CI.envelope(padded + " ")), 413, "payload");
    }

    @Test
    void aVersionHoldsNoMoreThanEightMebibytes() {
        String passed = testResult(client.upload("hoard", "1"), "PASSED");
        int stored = 0;
        HttpResponse<byte[]> answer;
        do {
            String padded = passed + " ".repeat(780_000 + stored);
            answer = client.attest("hoard", "1", CI.envelope(padded));
        } while (answer.statusCode() == 200 && ++stored < 20);
        assertThat(stored).isEqualTo(10);
        assertThat(problem(answer, 409).detail()).contains("10 attestations");
    }
}
