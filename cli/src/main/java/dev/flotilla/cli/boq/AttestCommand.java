package dev.flotilla.cli.boq;

import dev.flotilla.api.upload.Attestation;
import dev.flotilla.api.upload.DsseEnvelope;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.platform.problem.RequestJson;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code attest}. */
@Command(
        name = "attest",
        description = {
            "Stores evidence about a version: an in-toto test-result or SLSA provenance in a DSSE envelope, signed with a key that an operator"
                    + " trusts. Stages may require it.",
            "",
            "For example: ./flotilla attest hello 1.0.0 tests.dsse.json"
        })
public final class AttestCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Parameters(paramLabel = "VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init")
    private String version;

    @Parameters(paramLabel = "FILE", description = "The envelope, in JSON; - for standard input.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    public Integer call() {
        DsseEnvelope envelope;
        try {
            envelope = RequestJson.read(TextFile.read(file), DsseEnvelope.class);
        } catch (RequestJson.Unreadable e) {
            throw new CliFailure(Exit.USAGE, file + " is no DSSE envelope in JSON: " + e.getMessage());
        }
        Attestation stored = Remote.asOwner(session).boq().putAttestation(service, version, envelope);
        session.output()
                .result(
                        stored,
                        "Stored: " + Words.what(stored) + " of " + service + " " + version + ", signed with "
                                + String.join(", ", stored.keys())
                                + (stored.counts()
                                        ? "."
                                        : ". It does not count: " + Words.said(stored.reason()) + "."));
        return Exit.OK;
    }
}
