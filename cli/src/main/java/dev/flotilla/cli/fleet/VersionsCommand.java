package dev.flotilla.cli.fleet;

import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.api.upload.ServiceSummary;
import dev.flotilla.api.upload.Version;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code versions}. */
@Command(
        name = "versions",
        description = "Shows the services; or the versions of one, newest first, and how many machines have each."
                + " Versions that machines have and that were deleted come last.")
public final class VersionsCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "The service.")
    private @Nullable String service;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "How many at most. Default: 100.")
    private int limit;

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        if (service == null) {
            List<ServiceSummary> services =
                    remote.uploads().services(limit, null).items();
            session.output().result(services, services(services));
        } else {
            show(remote, service, session.output());
        }
        return Exit.OK;
    }

    private void show(Remote remote, String service, Output output) {
        Map<String, VersionCount> running = remote.registry().versions(service).stream()
                .collect(Collectors.toMap(VersionCount::version, Function.identity()));
        List<Version> uploaded = remote.uploads().versions(service, limit, null).items();
        List<VersionLine> lines = VersionLine.join(uploaded, running, version -> find(remote, service, version));
        output.result(lines, lines.isEmpty() ? Text.of(service + " has no versions.") : versions(lines));
    }

    /** A version that is not among those shown: one further down, a deleted one, or one that was never uploaded. */
    private static VersionLine find(Remote remote, String service, String version) {
        try {
            return VersionLine.uploaded(remote.uploads().version(service, version));
        } catch (RemoteProblem e) {
            requireMissing(e);
        }
        try {
            return VersionLine.deleted(remote.uploads().deletedVersion(service, version));
        } catch (RemoteProblem e) {
            requireMissing(e);
        }
        return VersionLine.unknown(version);
    }

    private static void requireMissing(RemoteProblem e) {
        if (e.status() != 404) {
            throw e;
        }
    }

    private static Text services(List<ServiceSummary> services) {
        if (services.isEmpty()) {
            return Text.of("Nothing is uploaded yet: './flotilla upload FILE --service S --service-version V'.");
        }
        Table table = new Table("SERVICE", "VERSIONS", "LATEST", "UPLOADED");
        Moments moments = new Moments(Instant.now());
        services.forEach(each ->
                table.row(each.service(), each.versions(), each.latestVersion(), moments.at(each.latestUploadedAt())));
        return table;
    }

    private static Table versions(List<VersionLine> lines) {
        Table table = new Table("VERSION", "SIZE", "UPLOADED", "BY", "MACHINES", "RUNNING", "NOTE");
        Moments moments = new Moments(Instant.now());
        for (VersionLine line : lines) {
            Version version = line.version();
            VersionCount count = line.running();
            table.row(
                    line.name(),
                    version == null ? "" : Quantities.bytes(version.payload().size()),
                    version == null ? "" : moments.at(version.uploadedAt()),
                    version == null ? "" : version.uploadedBy(),
                    count == null ? 0 : count.machines(),
                    count == null ? 0 : count.states().getOrDefault(RunState.RUNNING, 0L),
                    line.remark(moments));
        }
        return table;
    }
}
