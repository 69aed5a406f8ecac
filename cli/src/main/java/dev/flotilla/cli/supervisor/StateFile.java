package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The file {@code run/cluster.json}: readers see the old or the new state, never half of one. */
public final class StateFile {
    private final JsonMapper json = JsonMapper.builder().build();
    private final Path file;

    public StateFile(DataFolder data) {
        this.file = data.run().resolve("cluster.json");
    }

    /** The state last written; empty where no cluster was started, or it was stopped. */
    public Optional<ClusterState> read() {
        try {
            return Optional.of(json.readValue(Files.readAllBytes(file), ClusterState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // of another Flotilla: what runs is found without it, see Leftovers
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    public synchronized void write(ClusterState state) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling("cluster.json.new");
            Files.write(fresh, json.writeValueAsBytes(state));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }

    public synchronized void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + file + ": " + e.getMessage(), e);
        }
    }
}
