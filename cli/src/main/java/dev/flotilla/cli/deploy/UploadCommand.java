package dev.flotilla.cli.deploy;

import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.remote.Uploader.Uploaded;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.cli.terminal.Quantities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code upload}. */
@Command(
        name = "upload",
        description = {
            "Uploads a version of a service: any executable file, or a tar.gz bundle. A version never changes: the same bytes may be"
                    + " uploaded again, other bytes are refused."
        })
public final class UploadCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file, of any size.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--service", paramLabel = "S", required = true, description = "The service it is a version of.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Option(
            names = {"--service-version", "--version"},
            paramLabel = "V",
            required = true,
            description = "The name of the version.")
    @SuppressWarnings("NullAway.Init")
    private String version;

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), file + " is no file that can be read");
        }
        Uploaded uploaded = Remote.asOwner(session).uploader().upload(file, service, version);
        Output output = session.output();
        output.result(uploaded.version(), text(uploaded));
        return Exit.OK;
    }

    /** What came of an upload, in words. */
    public static String text(Uploaded uploaded) {
        return uploaded.version().service() + " " + uploaded.version().version()
                + (uploaded.added() ? " is uploaded: " : " was there already: ")
                + Quantities.bytes(uploaded.version().payload().size()) + ", sha256 "
                + uploaded.version().payload().sha256();
    }
}
