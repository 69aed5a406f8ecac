package dev.flotilla.cli.boq;

import dev.flotilla.api.upload.Attestation;
import dev.flotilla.api.upload.Boq;
import dev.flotilla.api.upload.BoqApi;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code boq}. */
@Command(
        name = "boq",
        description = {
            "Shows the bill of quality of a version: what evidence there is, and whether it is what a stage may require, judged now. Exit code 1"
                    + " where something required is missing.",
            "",
            "For example: ./flotilla boq hello 1.0.0 --require test-result"
        })
public final class BoqCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Parameters(paramLabel = "VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init")
    private String version;

    @Option(
            names = "--require",
            paramLabel = "KIND",
            split = ",",
            description = "What is required: test-result, provenance. Default: both.")
    private @Nullable List<String> require;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    @Override
    public Integer call() {
        BoqApi api = Remote.asOwner(session).boq();
        Boq boq = api.boq(service, version, require);
        List<Attestation> all = limit.read((size, cursor) -> api.attestations(service, version, size, cursor));
        session.output()
                .result(
                        Map.of("boq", boq, "attestations", all),
                        Text.lines(List.of(items(boq), Text.of(""), evidence(all))));
        limit.tell(session.output());
        return boq.satisfied() ? Exit.OK : Exit.FAILED;
    }

    private static Table items(Boq boq) {
        Table table = new Table("REQUIRED", "THERE", "WHY");
        boq.items()
                .forEach(each ->
                        table.row(each.kind().word(), each.satisfied() ? "yes" : "no", Words.said(each.reason())));
        return table;
    }

    private static Text evidence(List<Attestation> all) {
        if (all.isEmpty()) {
            return Text.of("No evidence is stored.");
        }
        Table table = new Table("EVIDENCE", "ID", "SIGNED WITH", "STORED", "BY", "EXPIRES", "COUNTS");
        all.forEach(each -> table.row(
                Words.what(each),
                each.id().substring(0, 12),
                String.join(", ", each.keys()),
                Words.at(each.storedAt(), "-"),
                each.storedBy(),
                Words.at(each.expiresAt(), "-"),
                each.counts() ? "yes" : "no: " + Words.said(each.reason())));
        return table;
    }
}
