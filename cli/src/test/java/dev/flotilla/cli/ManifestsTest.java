package dev.flotilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.standalone.Part;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manifests for Kubernetes say the same of each part as docker-compose.yml and platform.yaml. */
class ManifestsTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path MANIFESTS = REPOSITORY.resolve("deploy/kubernetes");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @EnumSource(value = Part.class, mode = EnumSource.Mode.EXCLUDE, names = "AGENT")
    void aServiceIsTheSameAsInCompose(Part part) throws IOException {
        JsonNode compose = compose().path("services").path(part.folder());
        JsonNode deployment = one(part.folder(), "Deployment");
        JsonNode container = container(deployment);
        assertThat(container.path("args").path(0).asString())
                .isEqualTo(part.mainClass())
                .isEqualTo(compose.path("command").asString());
        assertThat(container.path("image").asString())
                .isEqualTo(compose.path("image").asString());
        assertThat(container.path("ports").path(0).path("containerPort").asInt())
                .isEqualTo(part.defaultPort());
        JsonNode service = one(part.folder(), "Service");
        assertThat(service.path("metadata").path("name").asString()).isEqualTo(part.folder());
        assertThat(service.path("spec").path("ports").path(0).path("port").asInt())
                .isEqualTo(part.defaultPort());
        assertThat(service.path("spec").path("selector"))
                .isEqualTo(deployment.path("spec").path("selector").path("matchLabels"))
                .isEqualTo(JSON.createObjectNode().put("app.kubernetes.io/name", part.folder()));
        assertThat(container.toString().contains("flotilla-database"))
                .as("knows the database's password")
                .isEqualTo(compose.path("environment").has("SPRING_DATASOURCE_PASSWORD"));
        assertThat(deployment.toString().contains("orders.key"))
                .as("has the key that signs orders")
                .isEqualTo(part == Part.ORCHESTRATOR);
    }

    @Test
    void theAddressesAreThoseOfComposeAndLeadToTheServices() throws IOException {
        JsonNode config = one("config", "ConfigMap").path("data");
        compose()
                .path("x-addresses")
                .properties()
                .forEach(entry -> assertThat(config.path(entry.getKey()))
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue()));
        JsonNode known = yaml(Path.of("../platform/src/main/resources/platform.yaml"))
                .getFirst()
                .path("flotilla")
                .path("services");
        for (Part part : Part.services()) {
            if (part != Part.CONSOLE) {
                String name = "FLOTILLA_SERVICES_"
                        + part.folder().toUpperCase(java.util.Locale.ROOT).replace('-', '_');
                assertThat(config.path(name).asString())
                        .isEqualTo("http://" + part.folder() + ":" + part.defaultPort());
                assertThat(known.path(part.folder()).asString()).endsWith(":" + part.defaultPort());
            }
        }
    }

    @Test
    void everyContainerIsProbedBoundedAndWithoutRights() throws IOException {
        List<JsonNode> all = new ArrayList<>(List.of(one("agent", "DaemonSet")));
        for (Part part : Part.services()) {
            all.add(one(part.folder(), "Deployment"));
        }
        for (JsonNode workload : all) {
            JsonNode container = container(workload);
            String name = container.path("name").asString();
            assertThat(path(container, "readinessProbe")).as(name).isEqualTo("/actuator/health/readiness");
            assertThat(path(container, "livenessProbe")).as(name).isEqualTo("/actuator/health/liveness");
            assertThat(container.path("resources").path("limits").has("memory"))
                    .as(name)
                    .isTrue();
            JsonNode rights = container.path("securityContext");
            assertThat(rights.path("readOnlyRootFilesystem").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true))
                    .as(name)
                    .isFalse();
            JsonNode pod = workload.path("spec").path("template").path("spec").path("securityContext");
            assertThat(pod.path("runAsNonRoot").asBoolean()).as(name).isTrue();
            assertThat(pod.path("runAsUser").asInt())
                    .as("the user of deploy/Dockerfile")
                    .isEqualTo(10001);
        }
        assertThat(Files.readString(REPOSITORY.resolve("deploy/Dockerfile"))).contains("--uid 10001");
        assertThat(container(all.getFirst()).path("args").path(0).asString()).isEqualTo(Part.AGENT.mainClass());
    }

    private static String path(JsonNode container, String probe) {
        return container.path(probe).path("httpGet").path("path").asString();
    }

    private static JsonNode container(JsonNode workload) {
        return workload.path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .path(0);
    }

    private static JsonNode one(String file, String kind) throws IOException {
        return yaml(MANIFESTS.resolve(file + ".yaml")).stream()
                .filter(each -> each.path("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode compose() throws IOException {
        return yaml(REPOSITORY.resolve("docker-compose.yml")).getFirst();
    }

    private static List<JsonNode> yaml(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader)) {
                documents.add(JSON.valueToTree((Map<?, ?>) Objects.requireNonNull(document)));
            }
        }
        return documents;
    }
}
