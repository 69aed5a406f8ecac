package dev.flotilla.cli.supervisor;

import dev.flotilla.standalone.Part;
import java.nio.file.Path;

/** Where everything lies that belongs to a local cluster. */
public record DataFolder(Path root) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path keys() {
        return root.resolve("keys");
    }

    public Path token(Part part) {
        return root.resolve("tokens").resolve(part.folder() + ".token");
    }

    /** The token with which a part calls agents, where it does. */
    public Path agentToken(Part part) {
        return root.resolve("tokens").resolve(part.folder() + "-to-agents.token");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** The log of a part, or of {@code standalone}, {@code supervisor} or {@code postgres}. */
    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** What a process itself prints, apart from its log: little, and only when something is very wrong. */
    public Path output(String name) {
        return logs().resolve(name + ".out");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path database() {
        return root.resolve("postgres");
    }
}
