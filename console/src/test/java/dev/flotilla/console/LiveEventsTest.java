package dev.flotilla.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.registry.RunState;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** The stream behind the page. */
@ServiceTest
@Import(FakeWorld.class)
class LiveEventsTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    FakeRegistry registry;

    @Autowired
    MeterRegistry meters;

    @Value("${flotilla.data}")
    Path data;

    /** The events of a stream, each as its lines, while it is read. */
    private record Stream(InputStream in, List<String> events, Thread reader) implements AutoCloseable {
        long updates() {
            return events.stream()
                    .filter(event -> event.startsWith("event:update"))
                    .count();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private Stream open(String bearer) throws Exception {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events?service=hello"))
                                .header("Authorization", bearer)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        List<String> events = new CopyOnWriteArrayList<>();
        InputStream in = response.body();
        Thread reader = Thread.ofVirtual().start(() -> {
            StringBuilder event = new StringBuilder();
            try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                String line = lines.readLine();
                while (line != null) {
                    if (line.isEmpty()) {
                        events.add(event.toString());
                        event.setLength(0);
                    } else {
                        event.append(line).append('\n');
                    }
                    line = lines.readLine();
                }
            } catch (IOException e) {
                events.add("broken");
            }
        });
        return new Stream(in, events, reader);
    }

    @Test
    void manyChangesBecomeFewPushesOfOnlyWhatChanged() throws Exception {
        try (Stream stream = open(tokens.bearer(Role.VIEWER))) {
            await().until(() -> stream.updates() == 1);
            assertThat(stream.events().getFirst()).contains("id=\"fleet\"", "id=\"legend\"", "id=\"deployments\"");
            assertThat(meters.get("flotilla.console.subscribers").gauge().value())
                    .isPositive();

            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                registry.runs("m90", "hello", i % 2 == 0 ? "1.1.0" : "1.0.0", RunState.RUNNING);
                Thread.sleep(15);
            }
            registry.runs("m90", "hello", "0.9.9", RunState.RUNNING);
            await().until(() -> stream.events().stream().anyMatch(event -> event.contains("m90: hello 0.9.9")));
            double seconds = (System.nanoTime() - start) / 1e9;

            assertThat(stream.updates()).isLessThanOrEqualTo(2 + Math.round(seconds * 2));
            String pushed = stream.events().stream().skip(2).collect(Collectors.joining());
            assertThat(pushed)
                    .contains("id=\"fd-prod-west~db~fd5\"")
                    .doesNotContain("id=\"fleet\"", "id=\"fd-prod-west~db~fd4\"");
            registry.runs("m90", "hello", "1.0.0", RunState.RUNNING);
        }
    }

    @Test
    void theStreamEndsWithTheToken() throws Exception {
        String brief = LocalIssuer.openOrCreate(data.resolve("keys"))
                .issue("tester", Set.of(Role.VIEWER), List.of(), List.of(), Duration.ofSeconds(3));
        try (Stream stream = open("Bearer " + brief)) {
            assertThat(stream.reader().join(Duration.ofSeconds(20))).isTrue();
            assertThat(stream.events()).doesNotContain("broken");
        }
    }

    @Test
    void whoeverGoesIsNoLongerCounted() throws Exception {
        double before = meters.get("flotilla.console.subscribers").gauge().value();
        open(tokens.bearer(Role.VIEWER)).close();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            registry.runs("m91", "hello", "1.0.0", RunState.RUNNING);
            return meters.get("flotilla.console.subscribers").gauge().value() <= before;
        });
    }
}
