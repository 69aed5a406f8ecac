package dev.flotilla.upload;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static dev.flotilla.upload.UploadClient.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@UploadServiceTest
class UploadTest {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String HELLO_DIGEST = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    UploadClient owner;

    @BeforeEach
    void owner() {
        owner = new UploadClient(port, tokens.bearer(Role.PUBLISHER));
    }

    @Test
    void aNewVersionIsCreated() {
        HttpResponse<byte[]> answer = owner.upload("hello", "1.0.0", "hello");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue("/v1/services/hello/versions/1.0.0");
        Version created = version(answer);
        assertThat(created.payload()).isEqualTo(new Payload(HELLO, 5));
        assertThat(created.uploadedBy()).isEqualTo("tester");
        assertThat(created.uploadedAt()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        assertThat(version(owner.get("/v1/services/hello/versions/1.0.0"))).isEqualTo(created);
        assertThat(text(owner.download("hello", "1.0.0"))).isEqualTo("hello");
    }

    @Test
    void theSameBytesAgainAreNoNewVersion() {
        Version first = version(owner.upload("again", "1", "hello"));

        HttpResponse<byte[]> second = owner.upload("again", "1", "hello");

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(version(second)).isEqualTo(first);
        assertThat(text(owner.get("/v1/services/again/versions"))).containsOnlyOnce("\"version\"");
    }

    @Test
    void otherBytesAreRefusedWithBothDigests() {
        owner.upload("other", "1", "hello");

        HttpResponse<byte[]> answer = owner.upload("other", "1", "jello");

        assertThat(problem(answer, 409, "version").detail())
                .contains(HELLO)
                .contains(Digests.sha256("jello"))
                .contains("immutable");
        assertThat(text(owner.download("other", "1"))).isEqualTo("hello");
    }

    @Test
    void oneNameCanHaveManyVersionsOfTheSameBytes() {
        assertThat(owner.upload("twins", "1", "hello").statusCode()).isEqualTo(201);
        assertThat(owner.upload("twins", "2", "hello").statusCode()).isEqualTo(201);
        assertThat(text(owner.download("twins", "2"))).isEqualTo("hello");
    }

    @Test
    void aClaimedDigestIsVerified() {
        assertThat(owner.upload("claimed", "1", "hello", "Repr-Digest", HELLO_DIGEST)
                        .statusCode())
                .isEqualTo(201);
        assertThat(owner.upload("claimed", "1", "hello", "Repr-Digest", "sha-512=:AAAA:, " + HELLO_DIGEST)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWrongDigestIsRefusedWithBothAndStoresNothing() {
        HttpResponse<byte[]> answer = owner.upload("wrong", "1", "jello", "Repr-Digest", HELLO_DIGEST);

        assertThat(problem(answer, 400, "Repr-Digest").detail()).contains(HELLO).contains(Digests.sha256("jello"));
        problem(owner.get("/v1/services/wrong/versions/1"), 404, "version");
    }

    @Test
    void aDigestOfTheContentIsVerifiedToo() {
        assertThat(owner.upload("wrong", "2", "hello", "Content-Digest", HELLO_DIGEST)
                        .statusCode())
                .isEqualTo(201);
        assertThat(problem(owner.upload("wrong", "3", "jello", "Content-Digest", HELLO_DIGEST), 400, "Content-Digest")
                        .detail())
                .contains(HELLO)
                .contains(Digests.sha256("jello"));
        problem(owner.upload("wrong", "3", "hello", "Content-Digest", "nonsense"), 400, "Content-Digest");
        problem(owner.get("/v1/services/wrong/versions/3"), 404, "version");
    }

    @Test
    void aMalformedDigestIsRefused() {
        problem(owner.upload("malformed", "1", "hello", "Repr-Digest", HELLO), 400, "Repr-Digest");
        assertThat(problem(owner.upload("malformed", "1", "hello", "Repr-Digest", "sha-512=:AAAA:"), 400, "Repr-Digest")
                        .detail())
                .contains("only sha-256");
    }

    @Test
    void anEmptyBodyIsRefused() {
        problem(owner.upload("empty", "1", ""), 400, "body");
        problem(
                owner.send(
                        "PUT",
                        UploadClient.path("empty", "1"),
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[0]))),
                400,
                "body");
    }

    @Test
    void aBodyOfUnknownLengthIsTaken() {
        byte[] bytes = new byte[1_000_000];
        HttpResponse<byte[]> answer = owner.send(
                "PUT",
                UploadClient.path("chunked", "1"),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(version(answer).payload().size()).isEqualTo(1_000_000);
    }

    @Test
    void aBodyThatIsCutOffIsRefusedAndNothingIsStored() throws IOException {
        String answer = owner.raw(
                new String[] {"PUT /v1/services/cut/versions/1 HTTP/1.1", "Content-Length: 1000000"},
                new byte[300_000]);

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("problem+json")
                .contains("\"field\":\"body\"")
                .contains("300000 of 1000000 bytes");
        problem(owner.get("/v1/services/cut/versions/1"), 404);
    }

    @Test
    void aBodyOfChunksThatIsCutOffIsRefused() throws IOException {
        String answer = owner.raw(
                new String[] {"PUT /v1/services/cut/versions/2 HTTP/1.1", "Transfer-Encoding: chunked"},
                "5\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(answer).startsWith("HTTP/1.1 400").contains("problem+json").contains("\"field\":\"body\"");
        problem(owner.get("/v1/services/cut/versions/2"), 404);
    }

    @Test
    void theBytesAreTakenAsTheyAreWhateverTheirTypeSays() {
        for (String type :
                new String[] {"application/x-www-form-urlencoded", "application/json", "text/plain", "nonsense"}) {
            String name = "v" + type.length();
            assertThat(owner.upload("types", name, "a=1&b=%20\r\n--x", "Content-Type", type)
                            .statusCode())
                    .as(type)
                    .isEqualTo(201);
            assertThat(text(owner.download("types", name))).as(type).isEqualTo("a=1&b=%20\r\n--x");
        }
    }

    @Test
    void aFormAroundTheBytesIsRefused() {
        for (String type : new String[] {"multipart/form-data; boundary=x", "Multipart/Form-Data"}) {
            problem(owner.upload("forms", "1", "--x\r\n", "Content-Type", type), 415, "Content-Type");
        }
        problem(owner.get("/v1/services/forms/versions/1"), 404);
    }

    @Test
    void partialAndEncodedUploadsAreRefused() {
        problem(owner.upload("partial", "1", "hello", "Content-Range", "bytes 0-4/10"), 400, "Content-Range");
        problem(owner.upload("partial", "1", "hello", "Content-Encoding", "gzip"), 415, "Content-Encoding");
    }

    @Test
    void aClientThatAsksFirstGetsTheRefusalBeforeItSends() throws IOException {
        owner.upload("expect", "1", "jello");

        String answer = owner.raw(
                new String[] {
                    "PUT /v1/services/expect/versions/1 HTTP/1.1",
                    "Content-Length: 8000000000",
                    "Expect: 100-continue",
                    "Repr-Digest: " + HELLO_DIGEST
                },
                new byte[0]);

        assertThat(answer).startsWith("HTTP/1.1 409");
    }

    @Test
    void morePayloadThanAllowedIsRefusedBeforeItIsSent() throws IOException {
        String answer = owner.raw(
                new String[] {
                    "PUT /v1/services/expect/versions/3 HTTP/1.1",
                    "Content-Length: 200000000000",
                    "Expect: 100-continue"
                },
                new byte[0]);

        assertThat(answer).startsWith("HTTP/1.1 413").contains("\"field\":\"body\"", "107374182400 bytes");
    }

    @Test
    void aClientThatSendsAllBeforeItReadsGetsTheRefusalToo() throws IOException {
        owner.upload("expect", "2", "jello");

        String answer = owner.raw(
                new String[] {
                    "PUT /v1/services/expect/versions/2 HTTP/1.1",
                    "Content-Length: 30000000",
                    "Repr-Digest: " + HELLO_DIGEST,
                    "Connection: close"
                },
                new byte[30_000_000]);

        assertThat(answer).startsWith("HTTP/1.1 409");
    }
}
