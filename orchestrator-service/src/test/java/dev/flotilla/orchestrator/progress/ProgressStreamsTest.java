package dev.flotilla.orchestrator.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.platform.security.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class ProgressStreamsTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void streamsProgressUntilTheEndAndFreesWhatBrokenOffStreamsHeld() throws Exception {
        try (Fleet fleet = new Fleet()) {
            List<String> machines = fleet.machines("s", 4);
            ConfigurableApplicationContext writer = fleet.start();
            ConfigurableApplicationContext reader = fleet.start("--flotilla.orchestrator.stream.heartbeat=PT0.3S");
            Deployment deployment = fleet.targets.declare("hello", "1.0", new RolloutOptions("1", "5%", 3), machines);
            await().ignoreExceptions()
                    .until(() -> fleet.client(writer, Role.VIEWER).deployment(deployment.id()) != null);

            HttpResponse<InputStream> brokenOff =
                    http.send(request(fleet, reader, deployment.id()), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(brokenOff.statusCode()).isEqualTo(200);
            assertThat(new String(brokenOff.body().readNBytes(14), StandardCharsets.UTF_8))
                    .isEqualTo("event:progress");
            brokenOff.body().close();

            String whole = http.send(request(fleet, reader, deployment.id()), HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(whole.split("event:progress")).hasSizeGreaterThan(4);
            assertThat(whole.substring(whole.lastIndexOf("event:progress")))
                    .contains("\"state\":\"COMPLETE\"", "\"running\":4");

            MeterRegistry meters = reader.getBean(MeterRegistry.class);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> meters.get("flotilla.progress.streams").gauge().value() == 0);
            assertThat(meters.get("flotilla.rollouts")
                            .tag("state", "complete")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(meters.get("flotilla.rollout.machines")
                            .tag("phase", "running")
                            .gauge()
                            .value())
                    .isEqualTo(4);

            HttpResponse<String> unknown =
                    http.send(request(fleet, reader, "d4711"), HttpResponse.BodyHandlers.ofString());
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("d4711");
        }
    }

    @Test
    void aDatabaseThatCanNotBeReadForAWhileCutsOffNoReader() throws Exception {
        try (Fleet fleet = new Fleet()) {
            fleet.agents.fetch = Duration.ofSeconds(2);
            ConfigurableApplicationContext instance = fleet.start("--flotilla.orchestrator.stream.heartbeat=PT0.3S");
            Deployment deployment =
                    fleet.targets.declare("hello", "1.0", new RolloutOptions("1", "5%", 3), fleet.machines("s", 1));
            await().ignoreExceptions()
                    .until(() -> fleet.client(instance, Role.VIEWER).deployment(deployment.id()) != null);
            JdbcClient database = instance.getBean(JdbcClient.class);

            HttpResponse<Stream<String>> stream =
                    http.send(request(fleet, instance, deployment.id()), HttpResponse.BodyHandlers.ofLines());
            Iterator<String> lines = stream.body().iterator();
            database.sql("alter table rollout rename column excused to away").update();
            database.sql("update deployment set changes = changes + 1").update();
            for (int i = 0; i < 4; i++) {
                assertThat(lineWith(lines, "still here")).isNotEmpty();
            }
            database.sql("alter table rollout rename column away to excused").update();

            assertThat(lineWith(lines, "\"state\":\"COMPLETE\"")).isNotEmpty();
        }
    }

    /** The next line with this text; empty where the stream ends before. */
    private static String lineWith(Iterator<String> lines, String text) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.contains(text)) {
                return line;
            }
        }
        return "";
    }

    private static HttpRequest request(Fleet fleet, ConfigurableApplicationContext instance, String deployment)
            throws IOException {
        return HttpRequest.newBuilder(URI.create(Fleet.address(instance) + "/v1/deployments/" + deployment))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + fleet.token(Role.VIEWER))
                .timeout(Duration.ofSeconds(30))
                .build();
    }
}
