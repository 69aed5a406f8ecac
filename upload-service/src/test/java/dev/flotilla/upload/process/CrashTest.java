package dev.flotilla.upload.process;

import static dev.flotilla.upload.UploadClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.flotilla.platform.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** {@code kill -9} while uploads and deletions are in all their phases: afterwards each of them happened or did not. */
class CrashTest {
    @TempDir
    Path data;

    @Test
    void aKilledProcessLeavesTheOldStateOrTheNew() throws Exception {
        TestDatabase database = TestDatabase.create();
        JdbcClient db = JdbcClient.create(
                new SingleConnectionDataSource(database.url(), database.username(), database.password(), true));
        HttpServer targets = targetsNothing();
        try {
            Owners owners = new Owners();
            List<BooleanSupplier> moments = List.of(() -> true, () -> someUploadIsAtItsCommit(db));
            for (int round = 0; round < moments.size(); round++) {
                try (ServiceProcess service = start(database, targets);
                        Socket large = beginLargeUpload(service, round)) {
                    owners.workUntilKilled(service, round, moments.get(round));
                    assertThat(large.isConnected()).isTrue();
                }
                assertThat(files("payloads/incoming"))
                        .as("the kill came while uploads were under way")
                        .isNotEmpty();
            }
            try (ServiceProcess service = start(database, targets)) {
                owners.checkAll(service.client());
                assertThat(service.client().get("/v1/services/large/versions/1").statusCode())
                        .isEqualTo(404);
                Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> consistent(db));
                assertThat(service.client()
                                .upload("large", "1", "small after all")
                                .statusCode())
                        .isEqualTo(201);
                assertThat(text(service.client().download("large", "1"))).isEqualTo("small after all");
            }
        } finally {
            targets.stop(0);
        }
    }

    /** Table and storage say the same, nothing is left of what was broken off. */
    private void consistent(JdbcClient db) throws IOException {
        assertThat(db.sql("select count(*) from upload.version where state = 'DELETING'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(db.sql(
                                "select encode(c.sha256, 'hex') from upload.content c where versions <>"
                                        + " (select count(*) from upload.version v where v.sha256 = c.sha256 and v.state = 'READY') or versions = 0 or uploads <> 0")
                        .query(String.class)
                        .list())
                .as("content whose count is wrong or that nothing uses")
                .isEmpty();
        assertThat(db.sql(
                                "select service from upload.service s where (versions, latest_seq) is distinct from"
                                        + " (select (count(*), max(seq)) from upload.version v where v.service = s.service and v.state = 'READY')")
                        .query(String.class)
                        .list())
                .isEmpty();
        Set<String> contents = db.sql("select key from upload.content").query(String.class).list().stream()
                .collect(Collectors.toSet());
        Set<String> stored = files("payloads").stream()
                .filter(file -> !file.getParent().endsWith("incoming"))
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toSet());
        assertThat(stored).isEqualTo(contents);
        assertThat(files("payloads/incoming")).isEmpty();
    }

    private static boolean someUploadIsAtItsCommit(JdbcClient db) {
        return db.sql("select count(*) from upload.content where uploads > 0")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private ServiceProcess start(TestDatabase database, HttpServer targets) {
        return ServiceProcess.start(
                data,
                database,
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                "flotilla.services.target-service=" + address(targets),
                "flotilla.services.version-registry-service=" + address(targets),
                "flotilla.upload.reservation=PT3S",
                "flotilla.upload.clean-up.every=PT0.5S",
                "flotilla.upload.clean-up.deletions-after=PT3S",
                "flotilla.upload.clean-up.parts-after=PT3S");
    }

    /** An upload of which half a megabyte is sent, and the rest never. */
    private static Socket beginLargeUpload(ServiceProcess service, int round) throws IOException {
        URI uri = URI.create(service.url("/v1/services/large/versions/" + round));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        OutputStream out = socket.getOutputStream();
        String head = "PUT " + uri.getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\nAuthorization: "
                + service.authorization() + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[500_000]);
        out.flush();
        return socket;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Both target-service, where no deployment targets anything, and version-registry-service, where no machine runs anything. */
    private static HttpServer targetsNothing() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean running = exchange.getRequestURI().getPath().endsWith("/versions");
            byte[] body = (running ? "[]" : "{\"items\":[]}").getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve(folder))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
