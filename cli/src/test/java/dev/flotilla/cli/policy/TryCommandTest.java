package dev.flotilla.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.FakeCluster;
import dev.flotilla.cli.FakeCluster.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said before anything is changed. */
class TryCommandTest {
    private static final String MACHINE = "{\"name\":\"%s\",\"environment\":\"prod-a\",\"machineFunction\":\"web\","
            + "\"faultDomain\":\"fd-1\",\"region\":\"east\",\"address\":\"http://127.0.0.1:8084\",\"tenant\":%s}";
    private static final String DECISION = "{\"machine\":\"%s\",\"effect\":\"%s\",\"reason\":\"why\"}";
    private static final String VERSION = "{\"service\":\"hello\",\"version\":\"1.0\",\"payload\":null,"
            + "\"uploadedAt\":\"2026-11-22T12:00:00Z\",\"uploadedBy\":\"ann\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        String machines = String.join(
                ",",
                MACHINE.formatted("m1", "\"shop\""),
                MACHINE.formatted("m2", "\"shop\""),
                MACHINE.formatted("m3", "\"shop\""),
                MACHINE.formatted("m4", "\"bank\""),
                MACHINE.formatted("m5", "null"));
        String decisions = String.join(
                ",",
                DECISION.formatted("m1", "ALLOW"),
                DECISION.formatted("m2", "DEFER"),
                DECISION.formatted("m3", "DENY"),
                DECISION.formatted("m4", "ALLOW"),
                DECISION.formatted("m5", "ALLOW"));
        cluster = new FakeCluster(folder)
                .answering("POST /v1/machines/lookup", body -> "{\"machines\":[" + machines + "],\"unknown\":[]}")
                .answering("POST /v1/decisions/preview", body -> "{\"decisions\":[" + decisions + "]}")
                .answering(
                        "GET /v1/services/hello/versions?", body -> "{\"items\":[" + VERSION + "],\"nextCursor\":null}")
                .answering("GET /v1/services/hello/versions/1.0", body -> VERSION)
                .answering("GET /v1/services/helo/versions?", body -> "{\"items\":[],\"nextCursor\":null}")
                .answering("GET /v1/tenants?", body -> """
                        {"items": [
                          {"tenant": "bank", "settings": {"asking": "NOTIFY", "deadline": "PT10M"},
                           "changedBy": "ann", "changedAt": "2026-11-22T12:00:00Z"},
                          {"tenant": "shop", "settings": {"asking": "APPROVE", "deadline": "PT15M", "onSilence": "WAIT"},
                           "changedBy": "ann", "changedAt": "2026-11-22T12:00:00Z"}], "nextCursor": null}
                        """);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Run attempt(String service, String version, String... more) {
        String[] line = new String[6 + more.length];
        System.arraycopy(new String[] {"policies", "try", service, version, "--machines", "m1..m5"}, 0, line, 0, 6);
        System.arraycopy(more, 0, line, 6, more.length);
        return cluster.run(line);
    }

    @Test
    void tenantsThatAreAskedFirstAreNamedWithTheMachinesThatArePermittedSoonerOrLater() {
        Run run = attempt("hello", "1.0");
        assertThat(run.out().lines())
                .contains(
                        "Tenant bank is told about m4 first: 10m ahead.",
                        "Tenant shop is asked about m1, m2 first, and has 15m to answer; silence means waiting.");
        assertThat(run.err()).isEmpty();
        JsonNode json = JsonMapper.shared()
                .readTree(attempt("hello", "1.0", "--output", "json").out());
        assertThat(json.at("/tenants/1/tenant").asString()).isEqualTo("shop");
        assertThat(json.at("/tenants/1/machines").size()).isEqualTo(2);
        assertThat(json.at("/decisions").size()).isEqualTo(5);
    }

    @Test
    void aServiceOrVersionThatIsNotThereIsNoticed() {
        assertThat(attempt("helo", "1.0").err()).contains("Nothing of a service helo was uploaded yet");
        assertThat(attempt("hello", "1.1").err()).contains("No version 1.1 of hello was uploaded yet");
    }
}
