package dev.flotilla.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.FakeCluster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HistoryCommandTest {
    @Test
    void whoSpokeForATenantIsNamedWithIt(@TempDir Path folder) throws IOException {
        try (FakeCluster cluster = new FakeCluster(folder)) {
            cluster.answering("GET /v1/deployments/d1/history", body -> """
                    {"items": [
                      {"number": 1, "at": "2026-11-22T12:00:00Z", "rollout": null, "who": "bob", "what": "declare", "reason": "new"},
                      {"number": null, "at": "2026-11-22T12:01:00Z", "rollout": "d1~prod-a~web", "who": "ann", "tenant": "shop",
                       "what": "suspend", "reason": "'ann' suspended the job"}], "nextCursor": null}
                    """);
            assertThat(cluster.run("history", "d1").out().lines().map(line -> line.split(" {2,}")[1]))
                    .containsExactly("WHO", "bob", "ann (tenant shop)");
            JsonNode said = JsonMapper.shared()
                    .readTree(cluster.run("history", "d1", "--output", "json").out())
                    .get(1);
            assertThat(said.get("who").asString()).isEqualTo("ann");
            assertThat(said.get("tenant").asString()).isEqualTo("shop");
        }
    }
}
