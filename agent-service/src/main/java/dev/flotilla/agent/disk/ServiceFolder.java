package dev.flotilla.agent.disk;

import dev.flotilla.api.Names;
import java.nio.file.Path;

/** What is kept of one service on one machine. */
public record ServiceFolder(Path root, String machine, String service) {
    /** What must run, and the latest order. Durable. */
    public Path state() {
        return root.resolve("state.json");
    }

    /** The process that was started last. A hint only: the processes themselves are the truth. */
    public Path lastRun() {
        return root.resolve("run.json");
    }

    public Path versions() {
        return root.resolve("versions");
    }

    public Path version(String version) {
        return versions().resolve(version);
    }

    /** The payload itself, named {@code service_version}. */
    public Path payload(String version) {
        return version(version).resolve(Names.fileName(service, version));
    }

    /** The unpacked bundle, where the payload is one. */
    public Path bundle(String version) {
        return version(version).resolve("bundle");
    }

    /** What was installed of the version, and how its files looked when they were verified. */
    public Path seal(String version) {
        return version(version).resolve(".seal");
    }

    public Path log() {
        return root.resolve("log").resolve(service + ".log");
    }

    /** The service's own files: they stay when versions come and go. */
    public Path data() {
        return root.resolve("data");
    }
}
