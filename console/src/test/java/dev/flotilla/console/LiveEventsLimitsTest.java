package dev.flotilla.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.registry.RunState;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Many tabs, a script that opens streams, a reader that does not read: none of them takes the console down. */
@ServiceTest
@Import(FakeWorld.class)
@TestPropertySource(
        properties = {
            "flotilla.console.live.most=3",
            "flotilla.console.live.interval=PT0.001S",
            "flotilla.console.live.heartbeat=PT1S",
            "server.tomcat.connection-timeout=1s"
        })
class LiveEventsLimitsTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    FakeRegistry registry;

    @Autowired
    MeterRegistry meters;

    @Test
    void aStreamTooManyIsToldWhenToTryAgainAndGetsInWhenAnotherGoes() throws Exception {
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            HttpResponse<InputStream> stream = ask(BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);
            open.add(stream.body());
        }

        HttpResponse<String> tooMany = ask(BodyHandlers.ofString());
        assertThat(tooMany.statusCode()).isEqualTo(503);
        assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(tooMany.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(tooMany.body()).contains("keeps 3 pages up to date already");

        open.removeFirst().close();
        await().until(() -> {
            HttpResponse<InputStream> next = ask(BodyHandlers.ofInputStream());
            open.add(next.body());
            return next.statusCode() == 200;
        });
        for (InputStream each : open) {
            each.close();
        }
        awaitNobody();
    }

    @Test
    void aReaderThatDoesNotReadIsGivenUp() throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write(("GET /events?service=hello HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                    + tokens.bearer(Role.VIEWER) + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            await().until(() -> subscribers() == 1);
            awaitNobody();
        }
    }

    private <T> HttpResponse<T> ask(BodyHandler<T> body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events?service=hello"))
                        .header("Accept", "text/event-stream")
                        .header("Authorization", tokens.bearer(Role.VIEWER))
                        .build(),
                body);
    }

    /** Everything changes all the time, so that there is always something to send. */
    private void awaitNobody() {
        boolean[] newer = {false};
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    newer[0] = !newer[0];
                    for (int i = 1; i <= 60; i++) {
                        registry.runs("m" + i, "hello", newer[0] ? "1.0.0" : "1.1.0", RunState.RUNNING);
                    }
                    return subscribers() == 0;
                });
        for (int i = 1; i <= 60; i++) {
            registry.runs("m" + i, "hello", "1.1.0", RunState.RUNNING);
        }
    }

    private double subscribers() {
        return meters.get("flotilla.console.subscribers").gauge().value();
    }
}
