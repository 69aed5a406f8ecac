package dev.flotilla.cli.supervisor;

import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.standalone.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * For everything that runs on its own a folder {@code for/NAME}, laid out as a data folder, with the keys and the token that it reads
 * and nothing else: what its container or its machine is to be given.
 */
public final class PartFolders {
    private static final String OWNER_ONLY = "rw-------";
    private static final String OWNER_AND_GROUP = "rw-r-----";
    private static final String PROMETHEUS = "prometheus";

    private final DataFolder data;
    private final Map<String, String> agents;
    private final Map<String, Role> tools;
    private final LocalIssuer issuer;

    /**
     * @param data where {@link Keys} has made keys and tokens
     * @param agents the agents by name, each with an expression for its machines
     * @param tools other programs by name, each with the role of its token, which is all they get
     */
    public PartFolders(DataFolder data, Map<String, String> agents, Map<String, Role> tools, InstantSource clock) {
        this.data = data;
        this.agents = Map.copyOf(agents);
        this.tools = Map.copyOf(tools);
        this.issuer = LocalIssuer.openOrCreate(data.keys(), clock);
    }

    /** The folder of a part, an agent, a tool, or {@code prometheus}. */
    public Path of(String name) {
        return data.root().resolve("for").resolve(name);
    }

    /** The file that is written last. */
    public Path last() {
        return token(PROMETHEUS, PROMETHEUS);
    }

    /** Writes all folders anew, tokens included. */
    public void write() throws IOException {
        for (Part part : Part.services()) {
            key(part.folder(), "issuer.pub");
            if (part == Part.ORCHESTRATOR) {
                key(part.folder(), "orders.key");
            }
            write(token(part.folder(), part.folder()), Files.readString(data.token(part)), OWNER_ONLY);
            if (Keys.callsAgents(part)) {
                Path own = data.agentToken(part);
                write(
                        of(part.folder()).resolve("tokens").resolve(own.getFileName()),
                        Files.readString(own),
                        OWNER_ONLY);
            }
        }
        for (Map.Entry<String, String> agent : agents.entrySet()) {
            key(agent.getKey(), "issuer.pub");
            key(agent.getKey(), "orders.pub");
            String token =
                    issuer.issue(agent.getKey(), Set.of(Role.MACHINE), List.of(), List.of(agent.getValue()), Keys.LIFE);
            write(token(agent.getKey(), Part.AGENT.folder()), token, OWNER_ONLY);
        }
        for (Map.Entry<String, Role> tool : tools.entrySet()) {
            String token = issuer.issue(tool.getKey(), Set.of(tool.getValue()), List.of("*"), List.of(), Keys.LIFE);
            write(token(tool.getKey(), tool.getKey()), token, OWNER_ONLY);
        }
        write(token(PROMETHEUS, PROMETHEUS + "-to-agents"), viewer(Audience.AGENTS), OWNER_AND_GROUP);
        write(last(), viewer(Audience.FLEET), OWNER_AND_GROUP);
    }

    private String viewer(String audience) {
        return issuer.issueFor(audience, PROMETHEUS, Set.of(Role.VIEWER), List.of(), List.of(), Keys.LIFE);
    }

    private Path token(String name, String part) {
        return of(name).resolve("tokens").resolve(part + ".token");
    }

    private void key(String name, String file) throws IOException {
        Path key = new DataFolder(of(name)).keys().resolve(file);
        write(key, Files.readString(data.keys().resolve(file)), OWNER_ONLY);
    }

    private static void write(Path file, String content, String permissions) throws IOException {
        Keys.write(file, content.endsWith("\n") ? content : content + "\n", permissions);
    }
}
