package dev.flotilla.cli.token;

import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.Keys;
import dev.flotilla.cli.supervisor.PartFolders;
import dev.flotilla.cli.supervisor.StateFile;
import dev.flotilla.platform.security.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/** {@code keys}. */
@Command(
        name = "keys",
        description = {
            "Makes the keys and tokens of a cluster that something else starts, in containers say.",
            "",
            "The folder for/NAME in the data folder holds what the part NAME reads and nothing else. Tokens last a day;",
            "with --follow the command stays and renews them in time."
        })
public final class KeysCommand implements Callable<Integer> {
    private static final Duration RENEWAL_CHECK = Duration.ofMinutes(1);

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Option(
            names = "--machines",
            paramLabel = "EXPR",
            defaultValue = "m1..m10",
            description = "The machines of the one agent that is named agent-service. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String machines;

    @Option(
            names = "--agent",
            paramLabel = "NAME=EXPR",
            description =
                    "An agent with a token of its own, for these machines only, such as agent-1=m1..m5. May be repeated.")
    private Map<String, String> agents = new LinkedHashMap<>();

    @Option(
            names = "--token",
            paramLabel = "NAME=ROLE",
            converter = {KeysCommand.Name.class, TokenCommand.RoleName.class},
            description = "A program that gets a token with this role and nothing else, such as import=operator."
                    + " May be repeated.")
    private Map<String, Role> tools = new LinkedHashMap<>();

    @Option(names = "--follow", description = "Stay, and renew the tokens before they end.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder data = new DataFolder(session.data());
        if (new StateFile(data).read().isPresent()) {
            throw new CliFailure(
                    Exit.REFUSED,
                    data.root() + " belongs to a cluster that './flotilla up' made and whose keys it renews itself."
                            + " Name another folder with --data.");
        }
        Keys keys = new Keys(data, machines, InstantSource.system());
        Map<String, String> all = new LinkedHashMap<>(agents);
        all.putIfAbsent("agent-service", machines);
        PartFolders folders = new PartFolders(data, all, tools, InstantSource.system());
        keys.renewTokens();
        folders.write();
        String folder = data.root().resolve("for").toString();
        session.output().verbatim(Map.of("folders", folder), "Keys and tokens are in " + folder);
        while (follow) {
            Thread.sleep(RENEWAL_CHECK);
            if (keys.renewTokens()) {
                folders.write();
            }
        }
        return 0;
    }

    /** The name of a folder. */
    static final class Name implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (value.matches("[a-z0-9][a-z0-9-]{0,62}")) {
                return value;
            }
            throw new TypeConversionException(
                    "'" + value + "' is no name such as import: lower-case letters, digits and -");
        }
    }
}
