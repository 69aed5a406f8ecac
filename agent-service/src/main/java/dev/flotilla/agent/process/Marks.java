package dev.flotilla.agent.process;

import dev.flotilla.api.Names;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What every process of a service carries in its environment. By it the process knows what it is, and an agent that starts finds what
 * an earlier run of it left running, even one that was killed before it could write anything down.
 *
 * @param data the data folder of the agent
 * @param sha256 the digest of the payload that runs
 * @param instance names this start of the process: machine, service, version and a random part
 */
public record Marks(Path data, String machine, String service, String version, String sha256, String instance) {
    static final String DATA = "FLOTILLA_AGENT_DATA";
    private static final String MACHINE = "FLOTILLA_MACHINE";
    private static final String SERVICE = "FLOTILLA_SERVICE";
    private static final String VERSION = "FLOTILLA_VERSION";
    private static final String SHA256 = "FLOTILLA_SHA256";
    private static final String INSTANCE = "FLOTILLA_INSTANCE";

    /** The marks of a process that is about to be started. */
    public static Marks of(Path data, String machine, String service, String version, String sha256) {
        String instance =
                String.join("/", machine, service, version, UUID.randomUUID().toString());
        return new Marks(data, machine, service, version, sha256, instance);
    }

    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(DATA, data.toString());
        environment.put(MACHINE, machine);
        environment.put(SERVICE, service);
        environment.put(VERSION, version);
        environment.put(SHA256, sha256);
        environment.put(INSTANCE, instance);
        return environment;
    }

    /** Null for an environment without them. */
    static @Nullable Marks read(Map<String, String> environment) {
        String data = environment.get(DATA);
        String machine = environment.get(MACHINE);
        String service = environment.get(SERVICE);
        String version = environment.get(VERSION);
        String sha256 = environment.get(SHA256);
        String instance = environment.get(INSTANCE);
        if (data == null
                || machine == null
                || service == null
                || version == null
                || sha256 == null
                || instance == null) {
            return null;
        }
        // a process may have changed what its children carry: such names must not become paths
        return Names.isPlace(machine) && Names.isService(service) && Names.isVersion(version)
                ? new Marks(Path.of(data), machine, service, version, sha256, instance)
                : null;
    }
}
