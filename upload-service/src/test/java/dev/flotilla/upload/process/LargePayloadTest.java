package dev.flotilla.upload.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** 2 GiB up and down through a heap of 256 MB. */
class LargePayloadTest {
    private static final Logger log = LoggerFactory.getLogger(LargePayloadTest.class);
    private static final String PATH = "/v1/services/large/versions/1";

    @TempDir
    Path data;

    @Test
    void twoGigabytesPassThroughASmallHeapUnchanged() throws IOException {
        LargePayload payload = new LargePayload();
        try (ServiceProcess service =
                ServiceProcess.start(data, TestDatabase.create(), List.of("-Xmx256m", "-XX:MaxDirectMemorySize=64m"))) {
            long start = System.nanoTime();
            upload(service, payload);
            long uploaded = System.nanoTime();

            assertThat(download(service, payload, 0)).isTrue();
            long downloaded = System.nanoTime();
            assertThat(download(service, payload, LargePayload.BLOCKS - 100))
                    .as("a download that goes on")
                    .isTrue();

            log.info("2 GiB: upload {}, download {}", rate(uploaded - start), rate(downloaded - uploaded));
        }
    }

    private static void upload(ServiceProcess service, LargePayload payload) throws IOException {
        HttpURLConnection connection = open(service, PATH);
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(LargePayload.SIZE);
        try (OutputStream out = connection.getOutputStream()) {
            payload.writeTo(out);
        }
        assertThat(connection.getResponseCode()).isEqualTo(201);
        assertThat(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(LargePayload.SHA256, Long.toString(LargePayload.SIZE));
    }

    private static boolean download(ServiceProcess service, LargePayload payload, int firstBlock) throws IOException {
        HttpURLConnection connection = open(service, PATH + "/payload");
        if (firstBlock > 0) {
            connection.setRequestProperty("Range", "bytes=" + (long) firstBlock * LargePayload.BLOCK + "-");
        }
        assertThat(connection.getResponseCode()).isEqualTo(firstBlock > 0 ? 206 : 200);
        assertThat(connection.getHeaderField("ETag")).isEqualTo("\"" + LargePayload.SHA256 + "\"");
        try (InputStream in = connection.getInputStream()) {
            return payload.isRestOf(in, firstBlock);
        }
    }

    private static HttpURLConnection open(ServiceProcess service, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(service.url(path)).toURL().openConnection();
        connection.setRequestProperty("Authorization", service.authorization());
        connection.setReadTimeout((int) Duration.ofMinutes(5).toMillis());
        return connection;
    }

    private static String rate(long nanos) {
        return String.format(Locale.ROOT, "%.1f s, %.0f MB/s", nanos / 1e9, LargePayload.SIZE / (nanos / 1e3));
    }
}
