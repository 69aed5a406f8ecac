package dev.flotilla.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Arguments ARGUMENTS = new Arguments(List.of(
            "--embedded-database",
            "--flotilla.data=/data",
            "--flotilla.services.upload-service=http://127.0.0.1:9081",
            "--flotilla.services.console=http://127.0.0.1:9080"));

    @Test
    void aServiceListensWhereTheOthersAreToldToLookForIt() {
        assertThat(ARGUMENTS.of(Part.UPLOAD)).contains("--server.port=9081", "--flotilla.data=/data");
        assertThat(ARGUMENTS.of(Part.CONSOLE)).contains("--server.port=9080");
    }

    @Test
    void aServiceThatIsNotMovedKeepsItsPort() {
        assertThat(ARGUMENTS.of(Part.TARGET)).noneMatch(argument -> argument.startsWith("--server.port"));
    }

    @Test
    void theDatabaseIsNotTheServicesBusiness() {
        assertThat(ARGUMENTS.wantsDatabase()).isTrue();
        assertThat(ARGUMENTS.of(Part.UPLOAD)).doesNotContain("--embedded-database");
    }
}
