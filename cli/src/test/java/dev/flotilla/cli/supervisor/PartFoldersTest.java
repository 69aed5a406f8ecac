package dev.flotilla.cli.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Role;
import dev.flotilla.standalone.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFoldersTest {
    @TempDir
    Path folder;

    private PartFolders folders;

    @BeforeEach
    void write() throws Exception {
        DataFolder data = new DataFolder(folder);
        new Keys(data, "m1..m10", InstantSource.system()).renewTokens();
        folders = new PartFolders(
                data, Map.of("agent-1", "m1..m5"), Map.of("import", Role.OPERATOR), InstantSource.system());
        folders.write();
    }

    @Test
    void aServiceGetsItsOwnTokenAndThePublicKeyOfTheIssuer() throws Exception {
        assertThat(files("upload-service")).containsExactly("keys/issuer.pub", "tokens/upload-service.token");
        assertThat(folders.of("upload-service").resolve("tokens/upload-service.token"))
                .hasSameTextualContentAs(new DataFolder(folder).token(Part.UPLOAD));
    }

    @Test
    void onlyTheOrchestratorGetsTheKeyThatSignsOrders() throws Exception {
        assertThat(files("orchestrator-service"))
                .containsExactly(
                        "keys/issuer.pub",
                        "keys/orders.key",
                        "tokens/orchestrator-service-to-agents.token",
                        "tokens/orchestrator-service.token");
    }

    @Test
    void whoCallsAgentsDoesSoWithATokenThatIsWorthNothingElsewhere() throws Exception {
        for (String part : List.of("orchestrator-service", "console")) {
            Path tokens = folders.of(part).resolve("tokens");
            assertThat(claims(tokens.resolve(part + "-to-agents.token")))
                    .contains("\"aud\":\"flotilla-agent\"", "\"roles\":[\"service\"]", "\"services\":[]");
            assertThat(claims(tokens.resolve(part + ".token")))
                    .contains("\"aud\":\"flotilla\"", "\"roles\":[\"service\"]", "\"services\":[]");
        }
    }

    @Test
    void aToolGetsATokenAndNothingElse() throws Exception {
        assertThat(files("import")).containsExactly("tokens/import.token");
        assertThat(claims(folders.of("import").resolve("tokens/import.token")))
                .contains("\"roles\":[\"operator\"]", "\"aud\":\"flotilla\"");
    }

    @Test
    void anAgentGetsATokenForItsMachinesOnly() throws Exception {
        assertThat(files("agent-1"))
                .containsExactly("keys/issuer.pub", "keys/orders.pub", "tokens/agent-service.token");
        assertThat(claims(folders.of("agent-1").resolve("tokens/agent-service.token")))
                .contains("\"machines\":[\"m1..m5\"]", "\"roles\":[\"machine\"]");
    }

    @Test
    void prometheusGetsAViewersTokenThatItsGroupMayRead() throws Exception {
        assertThat(files("prometheus")).containsExactly("tokens/prometheus-to-agents.token", "tokens/prometheus.token");
        assertThat(claims(folders.of("prometheus").resolve("tokens/prometheus-to-agents.token")))
                .contains("\"roles\":[\"viewer\"]", "\"aud\":\"flotilla-agent\"");
        assertThat(claims(folders.last())).contains("\"roles\":[\"viewer\"]");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.last())))
                .isEqualTo("rw-r-----");
    }

    private List<String> files(String name) throws IOException {
        Path root = folders.of(name);
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static String claims(Path token) throws IOException {
        String payload = Files.readString(token).split("\\.", -1)[1];
        return new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    }
}
