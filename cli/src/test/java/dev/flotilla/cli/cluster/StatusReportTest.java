package dev.flotilla.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.cluster.StatusReport.Line;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    @Test
    void aPartFitsIntoALineOfATerminal() {
        Instant since = Instant.now().minus(Duration.ofMinutes(59).plusSeconds(30));
        URI address = URI.create("http://127.0.0.1:65535");
        Line steady = new Line("version-registry-service", "up", address, 4194304L, 445_000_000L, 0, since);
        Line restless = new Line("agent-service", "up", address, 4194304L, 445_000_000L, 12, since);
        assertThat(new StatusReport("up", List.of(steady), 445_000_000L, null)
                        .table()
                        .in(80)
                        .lines())
                .hasSize(3)
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.contains("127.0.0.1:65535  4194304  445 MB  59 min 3"));
        assertThat(new StatusReport("up", List.of(steady, restless), 890_000_000L, null)
                        .table()
                        .in(80))
                .contains("12 restarts")
                .startsWith("PART ");
    }
}
