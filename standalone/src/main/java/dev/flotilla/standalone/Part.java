package dev.flotilla.standalone;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of Flotilla that run as a service: what each is called, where it listens unless told otherwise, and how it is started. */
public enum Part {
    CONSOLE("console", 8080, "dev.flotilla.console.Console"),
    UPLOAD("upload-service", 8081, "dev.flotilla.upload.UploadService"),
    TARGET("target-service", 8082, "dev.flotilla.target.TargetService"),
    REGISTRY("version-registry-service", 8083, "dev.flotilla.registry.RegistryService"),
    AGENT("agent-service", 8084, "dev.flotilla.agent.AgentService"),
    ORCHESTRATOR("orchestrator-service", 8085, "dev.flotilla.orchestrator.OrchestratorService"),
    POLICY("policy-engine", 8086, "dev.flotilla.policy.PolicyEngine"),
    DEVICE("device-manager", 8087, "dev.flotilla.device.DeviceManager");

    private final String folder;
    private final int defaultPort;
    private final String mainClass;

    Part(String folder, int defaultPort, String mainClass) {
        this.folder = folder;
        this.defaultPort = defaultPort;
        this.mainClass = mainClass;
    }

    /** Its name everywhere: its folder, its configuration file, its token, its log. */
    public String folder() {
        return folder;
    }

    public int defaultPort() {
        return defaultPort;
    }

    public String mainClass() {
        return mainClass;
    }

    /** All but the agent, which runs on the machines and not among the services. */
    public static List<Part> services() {
        return Arrays.stream(values()).filter(part -> part != AGENT).toList();
    }

    /** The part whose package a logger is in. */
    public static @Nullable Part ofLogger(String logger) {
        for (Part part : values()) {
            int end = part.mainClass.lastIndexOf('.');
            if (logger.length() > end
                    && logger.charAt(end) == '.'
                    && logger.startsWith(part.mainClass.substring(0, end))) {
                return part;
            }
        }
        return null;
    }
}
