package dev.flotilla.upload;

import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestTokens;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@UploadServiceTest
class ObservabilityTest {
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
    void uploadsAndDownloadsAreCounted() {
        double created = metric("flotilla_uploads_total", "result=\"created\"");
        double same = metric("flotilla_uploads_total", "result=\"same\"");
        double conflicts = metric("flotilla_uploads_total", "result=\"conflict\"");
        double refused = metric("flotilla_uploads_total", "result=\"refused\"");
        double bytesUp = metric("flotilla_upload_bytes_total", "");
        double bytesDown = metric("flotilla_download_bytes_total", "");

        owner.upload("counted", "1", "hello");
        owner.upload("counted", "1", "hello");
        owner.upload("counted", "1", "jello");
        owner.upload("counted", "2", "");
        owner.download("counted", "1", "Range", "bytes=0-2");

        assertThat(metric("flotilla_uploads_total", "result=\"created\"")).isEqualTo(created + 1);
        assertThat(metric("flotilla_uploads_total", "result=\"same\"")).isEqualTo(same + 1);
        assertThat(metric("flotilla_uploads_total", "result=\"conflict\"")).isEqualTo(conflicts + 1);
        assertThat(metric("flotilla_uploads_total", "result=\"refused\"")).isEqualTo(refused + 1);
        assertThat(metric("flotilla_upload_bytes_total", "")).isEqualTo(bytesUp + 10);
        assertThat(metric("flotilla_download_bytes_total", "")).isEqualTo(bytesDown + 3);
    }

    @Test
    void theOpenApiDocumentNamesTheUploadByItsOperation() {
        assertThat(text(owner.get("/v3/api-docs")))
                .contains("\"operationId\":\"uploadNewPayload\"")
                .contains("application/octet-stream")
                .contains("\"operationId\":\"putAttestation\"", "application/vnd.dsse.envelope+json")
                .contains("/v1/services/{service}/versions/{version}/payload");
    }

    private double metric(String name, String label) {
        Matcher line = Pattern.compile("(?m)^" + name + "\\{[^}]*" + label + "[^}]*} ([0-9.E]+)$")
                .matcher(text(owner.get("/actuator/prometheus")));
        assertThat(line.find()).as(name + label).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
