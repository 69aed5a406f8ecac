package dev.flotilla.agent.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where an agent keeps its data.
 *
 * @param data the absolute, real path of the data folder; processes are marked with it
 */
public record AgentFolders(Path data) {
    /** The folder at that path, which is created where there is none. */
    public static AgentFolders at(Path data) throws IOException {
        return new AgentFolders(Files.createDirectories(data.toAbsolutePath()).toRealPath());
    }

    /** Payloads by digest, shared by all machines of the host. */
    public Path payloads() {
        return data.resolve("agent").resolve("payloads");
    }

    public Path machine(String machine) {
        return data.resolve("machines").resolve(machine);
    }

    /** Locked by the agent that carries the machine. */
    public Path lock(String machine) {
        return data.resolve("agent").resolve("machines").resolve(machine + ".lock");
    }

    public ServiceFolder service(String machine, String service) {
        return new ServiceFolder(machine(machine).resolve(service), machine, service);
    }
}
