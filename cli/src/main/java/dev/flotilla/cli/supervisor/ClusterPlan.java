package dev.flotilla.cli.supervisor;

import dev.flotilla.standalone.Part;
import dev.flotilla.standalone.Standalone;
import dev.flotilla.standalone.logging.JavaUtilLogging;
import dev.flotilla.standalone.postgres.PostgresCluster;
import dev.flotilla.standalone.postgres.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which processes make up a local cluster, and how each is started. */
final class ClusterPlan {
    private static final String LOGBACK = "-Dlogback.configurationFile=dev/flotilla/standalone/logback.xml";
    private static final Duration DATABASE_GRACE = Duration.ofSeconds(30);
    /** What is a matter of milliseconds may take this long where the machine is busy. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final DataFolder data;
    private final ClusterOptions options;
    private final JavaRuntime java;

    ClusterPlan(DataFolder data, ClusterOptions options, JavaRuntime java) {
        this.data = data;
        this.options = options;
        this.java = java;
    }

    ProcessPlan database(PostgresCluster database, int port) throws IOException, InterruptedException {
        return new ProcessPlan(
                "postgres",
                database.command(port),
                Map.of(),
                List.of(),
                DATABASE_GRACE,
                process -> database.ready(process.pid()),
                () -> PostgresServer.answers(port, ANSWER),
                PostgresCluster::stop);
    }

    /** The services, in one process or in many, and the agent. */
    List<ProcessPlan> parts(String jdbcUrl, String password) throws IOException {
        Map<String, String> environment = Map.of("SPRING_DATASOURCE_PASSWORD", password);
        List<ProcessPlan> plans = new ArrayList<>();
        if (options.separate()) {
            for (Part part : Part.services()) {
                List<String> arguments = serviceArguments(jdbcUrl);
                arguments.add("--server.port=" + options.port(part));
                plans.add(ProcessPlan.of(
                        part.folder(),
                        command(
                                part.folder(),
                                List.of("-Xmx192m", "-XX:TieredStopAtLevel=1"),
                                part.mainClass(),
                                arguments),
                        environment,
                        List.of(part),
                        answering(List.of(part))));
            }
        } else {
            plans.add(ProcessPlan.of(
                    "standalone",
                    command("standalone", List.of("-Xmx384m"), Standalone.class.getName(), serviceArguments(jdbcUrl)),
                    environment,
                    Part.services(),
                    answering(Part.services())));
        }
        plans.add(ProcessPlan.of(
                Part.AGENT.folder(),
                command(
                        Part.AGENT.folder(),
                        List.of("-Xmx160m", "-XX:TieredStopAtLevel=1"),
                        Part.AGENT.mainClass(),
                        agentArguments()),
                Map.of(),
                List.of(Part.AGENT),
                answering(List.of(Part.AGENT))));
        return plans;
    }

    private ProcessPlan.Liveness answering(List<Part> parts) {
        return () -> parts.stream().allMatch(part -> Health.answers(options.address(part), ANSWER));
    }

    private List<String> serviceArguments(String jdbcUrl) {
        List<String> arguments = commonArguments();
        arguments.add("--spring.datasource.url=" + jdbcUrl);
        arguments.add("--spring.datasource.username=" + PostgresCluster.USER);
        arguments.add("--flotilla.registry.report-interval=PT5S");
        arguments.add("--flotilla.target.rollouts.min-healthy-time=PT0S");
        return arguments;
    }

    private List<String> agentArguments() {
        List<String> arguments = commonArguments();
        arguments.add("--server.port=" + options.port(Part.AGENT));
        arguments.add("--flotilla.agent.machines=" + options.machineNames());
        arguments.add("--flotilla.agent.stay-up=PT1S");
        arguments.add("--flotilla.agent.report-interval=PT5S");
        return arguments;
    }

    private List<String> commonArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--flotilla.data=" + data.root());
        arguments.add("--server.address=127.0.0.1");
        for (Part part : Part.values()) {
            arguments.add("--flotilla.services." + part.folder() + "=" + options.address(part));
        }
        return arguments;
    }

    private List<String> command(String name, List<String> flags, String mainClass, List<String> arguments)
            throws IOException {
        return java.command(data, flags(name, data, flags), mainClass, arguments);
    }

    /** The flags of each Java process of the cluster: how it is recognized later, where it logs, and its own. */
    static List<String> flags(String name, DataFolder data, List<String> own) {
        List<String> flags = new ArrayList<>();
        flags.add(Leftovers.mark(data));
        flags.addAll(own);
        flags.add(LOGBACK);
        flags.add("-Dorg.springframework.boot.logging.LoggingSystem=none");
        flags.add("-Djava.util.logging.config.class=" + JavaUtilLogging.class.getName());
        flags.add("-Dflotilla.logs=" + data.logs());
        flags.add("-Dflotilla.log=" + name);
        return flags;
    }
}
