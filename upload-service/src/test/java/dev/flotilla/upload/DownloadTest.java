package dev.flotilla.upload;

import static dev.flotilla.upload.UploadClient.problem;
import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@UploadServiceTest
class DownloadTest {
    private static final String DIGITS = "0123456789";
    private static final String TAG = "\"" + Digests.sha256(DIGITS) + "\"";

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    UploadClient agent;

    @BeforeEach
    void digitsAreUploaded() {
        new UploadClient(port, tokens.bearer(Role.PUBLISHER)).upload("digits", "1.0+a_b", DIGITS);
        agent = new UploadClient(port, tokens.agentOf("m1"));
    }

    @Test
    void theWholePayloadComesAsTheFileOfServiceAndVersion() {
        HttpResponse<byte[]> answer = download();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo(DIGITS);
        assertThat(header(answer, "Content-Disposition")).hasValue("attachment; filename=\"digits_1.0+a_b\"");
        assertThat(header(answer, "Content-Type")).hasValue("application/octet-stream");
        assertThat(header(answer, "Content-Length")).hasValue("10");
        assertThat(header(answer, "Accept-Ranges")).hasValue("bytes");
        assertThat(header(answer, "ETag")).hasValue(TAG);
        assertThat(header(answer, "Repr-Digest")).hasValue("sha-256=:hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=:");
    }

    @Test
    void aRangeComesAlone() {
        HttpResponse<byte[]> answer = download("Range", "bytes=2-4");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(text(answer)).isEqualTo("234");
        assertThat(header(answer, "Content-Range")).hasValue("bytes 2-4/10");
        assertThat(header(answer, "Content-Length")).hasValue("3");
        assertThat(header(answer, "ETag")).hasValue(TAG);
    }

    @Test
    void openAndSuffixRangesCome() {
        assertThat(text(download("Range", "bytes=7-"))).isEqualTo("789");
        assertThat(text(download("Range", "bytes=-2"))).isEqualTo("89");
    }

    @Test
    void aRangeBehindTheEndIsRefusedWithTheSize() {
        HttpResponse<byte[]> answer = download("Range", "bytes=10-");

        assertThat(problem(answer, 416, "Range").detail()).contains("10 bytes");
        assertThat(header(answer, "Content-Range")).hasValue("bytes */10");
        assertThat(header(answer, "Content-Disposition"))
                .as("the problem is no payload")
                .isEmpty();
    }

    @Test
    void aMalformedRangeIsRefused() {
        problem(download("Range", "bytes=4-2"), 400, "Range");
    }

    @Test
    void aDownloadGoesOnOnlyWithTheSameBytes() {
        assertThat(download("Range", "bytes=5-", "If-Range", TAG).statusCode()).isEqualTo(206);

        HttpResponse<byte[]> whole = download("Range", "bytes=5-", "If-Range", "\"other\"");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(text(whole)).isEqualTo(DIGITS);
    }

    @Test
    void whoHasTheBytesGetsNone() {
        HttpResponse<byte[]> answer = download("If-None-Match", TAG);

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void headTellsTheSizeWithoutTheBytes() {
        HttpResponse<byte[]> answer =
                agent.send("HEAD", UploadClient.path("digits", "1.0+a_b") + "/payload", BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).hasValue("10");
        assertThat(header(answer, "ETag")).hasValue(TAG);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anUnknownServiceOrVersionIsNamed() {
        problem(agent.download("digits", "2"), 404, "version");
        problem(agent.download("nobody", "1"), 404, "version");
    }

    private HttpResponse<byte[]> download(String... headers) {
        return agent.download("digits", "1.0+a_b", headers);
    }

    private static Optional<String> header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name);
    }
}
