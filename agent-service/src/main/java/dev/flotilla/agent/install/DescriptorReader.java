package dev.flotilla.agent.install;

import dev.flotilla.agent.probe.Probe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads and checks a {@link RunDescriptor}. Every mistake is named with its field and what is allowed. */
final class DescriptorReader {
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_MESSAGE = 300;
    private static final Set<String> FIELDS = Set.of("command", "arguments", "environment", "stopGrace", "probe");
    private static final Set<String> PROBE_FIELDS =
            Set.of("exec", "http", "tcp", "interval", "timeout", "failureThreshold");
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int FAILURE_THRESHOLD = 3;
    private static final Duration LONGEST_GRACE = Duration.ofHours(1);

    private DescriptorReader() {}

    static RunDescriptor read(Path bundle) throws IOException, InstallException {
        Path file = bundle.resolve(RunDescriptor.FILE);
        if (!Files.isRegularFile(file)) {
            throw new InstallException("the bundle has no " + RunDescriptor.FILE + " at its root");
        }
        if (Files.size(file) > LONGEST) {
            throw new InstallException(RunDescriptor.FILE + " is longer than " + LONGEST + " bytes");
        }
        return parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    static RunDescriptor parse(String text) throws InstallException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        Object document;
        try {
            document = new Yaml(new SafeConstructor(options)).load(text);
        } catch (YAMLException | ClassCastException e) {
            String message = String.valueOf(e.getMessage());
            throw new InstallException(RunDescriptor.FILE + " is no valid YAML: "
                    + message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        }
        YamlFields fields = YamlFields.of("", document, FIELDS);
        List<String> command = fields.strings("command");
        if (command == null || command.isEmpty() || command.getFirst().isBlank()) {
            throw fields.wrong("command", "must be a list that begins with the program to run");
        }
        if (command.getFirst().startsWith("-")) {
            throw fields.wrong("command", "must begin with a program, not an option");
        }
        List<String> arguments = fields.strings("arguments");
        Map<String, String> environment = fields.environment("environment");
        return new RunDescriptor(
                command,
                arguments == null ? List.of() : arguments,
                environment,
                fields.duration("stopGrace", LONGEST_GRACE),
                probe(fields.get("probe")));
    }

    private static @Nullable Probe probe(@Nullable Object value) throws InstallException {
        if (value == null) {
            return null;
        }
        YamlFields fields = YamlFields.of("probe.", value, PROBE_FIELDS);
        Duration interval = fields.duration("interval", LONGEST_GRACE);
        Duration timeout = fields.duration("timeout", LONGEST_GRACE);
        return new Probe(
                check(fields),
                interval == null ? INTERVAL : interval,
                timeout == null ? TIMEOUT : timeout,
                fields.count("failureThreshold", FAILURE_THRESHOLD));
    }

    private static Probe.Check check(YamlFields fields) throws InstallException {
        List<String> exec = fields.strings("exec");
        String http = fields.string("http");
        String tcp = fields.string("tcp");
        int given = (exec == null ? 0 : 1) + (http == null ? 0 : 1) + (tcp == null ? 0 : 1);
        if (given != 1) {
            throw fields.wrong("", "must have one of exec, http and tcp");
        }
        try {
            if (exec != null) {
                return new Probe.Exec(exec);
            }
            return http != null ? Probe.Http.parse(http) : Probe.Tcp.parse(String.valueOf(tcp));
        } catch (IllegalArgumentException e) {
            throw fields.wrong(exec != null ? "exec" : http != null ? "http" : "tcp", String.valueOf(e.getMessage()));
        }
    }
}
