package dev.flotilla.agent.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.agent.probe.Probe;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorReaderTest {
    @Test
    void everythingCanBeSaid() throws InstallException {
        RunDescriptor descriptor = DescriptorReader.parse("""
                command: [bin/server]
                arguments: [--port, 9000]
                environment: {GREETING: hello, DEBUG: true}
                stopGrace: PT20S
                probe:
                  http: http://127.0.0.1:9000/health
                  interval: 3s
                  timeout: 500ms
                  failureThreshold: 4
                """);

        assertThat(descriptor)
                .isEqualTo(new RunDescriptor(
                        List.of("bin/server"),
                        List.of("--port", "9000"),
                        Map.of("GREETING", "hello", "DEBUG", "true"),
                        Duration.ofSeconds(20),
                        new Probe(
                                new Probe.Http(URI.create("http://127.0.0.1:9000/health")),
                                Duration.ofSeconds(3),
                                Duration.ofMillis(500),
                                4)));
    }

    @Test
    void aCommandIsEnough() throws InstallException {
        assertThat(DescriptorReader.parse("command: [run]"))
                .isEqualTo(new RunDescriptor(List.of("run"), List.of(), Map.of(), null, null));
        assertThat(DescriptorReader.parse("command: [run]\nprobe: {tcp: '9000'}")
                        .probe())
                .isEqualTo(
                        new Probe(new Probe.Tcp("127.0.0.1", 9000), Duration.ofSeconds(5), Duration.ofSeconds(2), 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                            | must be a mapping",
                "[a]                                           | must be a mapping",
                "{}                                            | command must be a list",
                "command: run                                  | command must be a list",
                "command: []                                   | command must be a list that begins with the program",
                "command: ['']                                 | command must be a list that begins with the program",
                "command: [-x]                                 | command must begin with a program",
                "command: [[a]]                                | command must be plain text",
                "{command: [a], comand: [b]}                   | comand is not known",
                "{command: [a], command: [b]}                  | is no valid YAML",
                "{command: [a], stopGrace: soon}               | stopGrace must be a duration like PT10S or 10s",
                "{command: [a], stopGrace: PT-1S}              | stopGrace must be more than nothing",
                "{command: [a], stopGrace: 3d}                 | stopGrace must be more than nothing and at most PT1H",
                "{command: [a], environment: [A]}              | environment must be a mapping",
                "{command: [a], environment: {'A=B': c}}       | environment.A=B must be named by letters",
                "{command: [a], environment: {FLOTILLA_X: c}}  | not begin with FLOTILLA_",
                "{command: [a], environment: {A: [b]}}         | environment.A must be plain text",
                "{command: [a], probe: {}}                     | probe must have one of exec, http and tcp",
                "{command: [a], probe: {tcp: '1', exec: [a]}}  | probe must have one of exec, http and tcp",
                "{command: [a], probe: {tcp: nowhere}}         | probe.tcp must be like 127.0.0.1:9000",
                "{command: [a], probe: {tcp: '1:70000'}}       | probe.tcp must be like 127.0.0.1:9000",
                "{command: [a], probe: {http: 'ftp://x/'}}     | probe.http must be like http://",
                "{command: [a], probe: {exec: []}}             | probe.exec must be a list",
                "{command: [a], probe: {tcp: '1', failureThreshold: 0}} | probe.failureThreshold must be a number",
                "{command: [a], probe: {tcp: '1', every: 1s}}  | probe.every is not known",
                "!!java.net.URL [x]                            | is no valid YAML",
                "{command: [a                                  | is no valid YAML",
            })
    void everyMistakeIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> DescriptorReader.parse(yaml))
                .isInstanceOf(InstallException.class)
                .hasMessageStartingWith("flotilla.yaml")
                .hasMessageContaining(message);
    }
}
