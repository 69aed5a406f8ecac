package dev.flotilla.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.e2e.Sightings.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The tenant {@code shop} with its policy agent, whose command drains only once the tenant agrees, and then writes down for which machines and
 * when, in seconds since the host was booted.
 */
final class Tenant implements AutoCloseable {
    private final Path agreed;
    private final Path drained;
    private final Path log;
    private final Process agent;

    Tenant(Cluster cluster, Path folder) throws IOException {
        this.agreed = folder.resolve("agreed");
        this.drained = folder.resolve("drained");
        this.log = folder.resolve("policy-agent.log");
        String drain =
                "test -f " + agreed + " && echo $(cut -d ' ' -f 1 /proc/uptime) $FLOTILLA_MACHINES >> " + drained;
        this.agent = cluster.start(log, log, "policy-agent", "--tenant", "shop", "--approve", "command", drain);
    }

    void approve() throws IOException {
        assertThat(drained).doesNotExist();
        Files.createFile(agreed);
    }

    /** Each of the changes came after the tenant had drained the machine. */
    void drainedBefore(List<Run> changes) throws IOException {
        Map<String, Double> when = new TreeMap<>();
        for (String line : Files.readAllLines(drained)) {
            String[] words = line.split(" ");
            for (int i = 1; i < words.length; i++) {
                when.putIfAbsent(words[i], Double.parseDouble(words[0]));
            }
        }
        assertThat(changes)
                .isNotEmpty()
                .allSatisfy(change -> assertThat(when.get(change.machine()))
                        .as("%s, drained at %s", change, when)
                        .isNotNull()
                        .isLessThanOrEqualTo(change.goneBy()));
    }

    @Override
    public void close() throws Exception {
        agent.destroy();
        if (!agent.waitFor(10, TimeUnit.SECONDS)) {
            agent.destroyForcibly();
        }
    }
}
