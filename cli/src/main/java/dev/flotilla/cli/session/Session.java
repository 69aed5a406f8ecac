package dev.flotilla.cli.session;

import dev.flotilla.cli.terminal.Output;
import dev.flotilla.cli.terminal.Output.Format;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** One call of the command line: the root command with the options that every command takes. */
@Command(
        name = "flotilla",
        synopsisHeading = "",
        customSynopsis = "Usage: ./flotilla COMMAND [OPTIONS]",
        description = "Deploys services to fleets of machines, safely.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions that every command takes:%n",
        version = "Flotilla 0.1.0",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it is done",
            "1:it was tried and did not come about: a deployment halted, say",
            "2:the command line was not understood",
            "3:this machine is not ready for it: no JDK, a port is taken, a service does not start",
            "4:a service refused, and said why",
            "5:the cluster can't be reached"
        },
        footer = {
            "",
            "For another cluster than the local one set FLOTILLA_TOKEN, and FLOTILLA_URL_UPLOAD_SERVICE and the like for"
                    + " the address of each service."
        })
public final class Session implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the local cluster. Default: .flotilla beside ./flotilla.")
    private @Nullable Path data;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "table",
            description = "table for people, json for scripts. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Format format;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli answers it
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version of Flotilla.")
    @SuppressWarnings("unused") // picocli answers it
    private boolean version;

    private final PrintStream out;
    private final PrintStream err;

    public Session(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** The folder of the local cluster, absolute. */
    public Path data() {
        if (data != null) {
            return data.toAbsolutePath().normalize();
        }
        return Path.of(System.getProperty("flotilla.home", "")).toAbsolutePath().resolve(".flotilla");
    }

    /** Of the terminal that standard output is; 0 when it is none. */
    public static int columns() {
        return Integer.getInteger("flotilla.terminal", 0);
    }

    public Output output() {
        return new Output(out, err, format, columns());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: up, demo, status, ...");
    }
}
