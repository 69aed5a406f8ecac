package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.ServiceRecord;
import dev.flotilla.agent.disk.DurableFile;
import dev.flotilla.agent.disk.ServiceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes what is remembered of services. */
final class Records {
    private static final Logger log = LoggerFactory.getLogger(Records.class);

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * The process that was started last.
     *
     * @param restarts how often the version had been started again by then
     */
    record LastRun(String instance, int restarts) {}

    void write(ServiceFolder folder, ServiceRecord record) throws IOException {
        DurableFile.write(folder.state(), json.writeValueAsBytes(record));
    }

    /** A file that can't be read is set aside: the orchestrator gives its orders again. */
    ServiceRecord read(ServiceFolder folder) throws IOException {
        Path file = folder.state();
        if (!Files.exists(file)) {
            return ServiceRecord.EMPTY;
        }
        try {
            return json.readValue(Files.readAllBytes(file), ServiceRecord.class);
        } catch (JacksonException e) {
            Path aside = file.resolveSibling("state.json.damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            log.error(
                    "{} on {}: its record is damaged and was set aside as {}; order the version again: {}",
                    folder.service(),
                    folder.machine(),
                    aside,
                    e.getMessage());
            return ServiceRecord.EMPTY;
        }
    }

    void writeLastRun(ServiceFolder folder, LastRun run) throws IOException {
        Files.write(folder.lastRun(), json.writeValueAsBytes(run));
    }

    Optional<LastRun> lastRun(ServiceFolder folder) {
        try {
            return Optional.of(json.readValue(Files.readAllBytes(folder.lastRun()), LastRun.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
