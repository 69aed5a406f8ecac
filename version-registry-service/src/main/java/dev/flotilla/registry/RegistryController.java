package dev.flotilla.registry;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.ReportBatch;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.registry.changes.FeedReader;
import dev.flotilla.registry.fleet.Fleet;
import dev.flotilla.registry.fleet.KnownMachine;
import dev.flotilla.registry.report.ReportIntake;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The contract, carried out. */
@RestController
class RegistryController implements RegistryApi {
    private static final int MOST_ITEMS = 10_000;

    private final Fleet fleet;
    private final ReportIntake reports;
    private final FeedReader feed;

    RegistryController(Fleet fleet, ReportIntake reports, FeedReader feed) {
        this.fleet = fleet;
        this.reports = reports;
        this.feed = feed;
    }

    /** The intake checks batches itself, faster than reflection does. */
    @InitBinder("reportBatch")
    void batchesAreCheckedByTheIntake(WebDataBinder binder) {
        binder.setValidator(null);
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void reportRunningVersion(String machine, String service, RunningReport report) {
        reports.take(Caller.current(), machine, service, report);
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void report(ReportBatch batch) {
        reports.take(Caller.current(), batch);
    }

    @Override
    public Page<MachineStatus> machines(int limit, @Nullable String cursor) {
        List<MachineStatus> page = fleet.after(last(cursor), Limits.check(limit, MOST_ITEMS)).stream()
                .map(KnownMachine::status)
                .toList();
        return new Page<>(
                page, page.size() < limit ? null : Cursors.encode(page.getLast().machine()));
    }

    @Override
    public MachineStatus machine(String machine) {
        KnownMachine known = fleet.machine(machine);
        if (known == null) {
            throw ProblemException.notFound("machine", machine, "Machine '" + machine + "' has never reported");
        }
        return known.status();
    }

    @Override
    public List<VersionCount> versions(String service) {
        return fleet.versions(service);
    }

    @Override
    public Page<RunningService> machinesWith(String service, String version, int limit, @Nullable String cursor) {
        List<RunningService> page = fleet.machinesWith(service, version, last(cursor), Limits.check(limit, MOST_ITEMS));
        return new Page<>(
                page, page.size() < limit ? null : Cursors.encode(page.getLast().machine()));
    }

    @Override
    public Page<Change> changes(@Nullable String cursor, int limit, Duration wait) {
        return feed.read(cursor, limit, wait);
    }

    private static @Nullable String last(@Nullable String cursor) {
        return cursor == null ? null : Cursors.decode(cursor, 1).getFirst();
    }
}
