package dev.flotilla.device.health;

import dev.flotilla.api.Names;
import dev.flotilla.api.Page;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.device.Health;
import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.HealthReport;
import dev.flotilla.api.device.HealthReport.Finding;
import dev.flotilla.api.device.MachineHealth;
import dev.flotilla.device.repair.Batches;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** Takes and answers what is asked about the health of machines. */
@RestController
class HealthController implements HealthApi {
    private static final int LARGEST_PAGE = 10_000;

    private final Healths healths;

    HealthController(Healths healths) {
        this.healths = healths;
    }

    @Override
    public List<MachineHealth> report(HealthReport report) {
        Caller.current().require(Role.OPERATOR);
        Batches.check(
                "machines", report.machines().stream().map(Finding::machine).toList());
        refuseLost(report);
        return healths.report(report.machines(), Caller.current().name());
    }

    private static void refuseLost(HealthReport report) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < report.machines().size(); i++) {
            if (report.machines().get(i).health() == Health.LOST) {
                errors.add(ProblemException.error(
                        "machines[" + i + "].health",
                        "must be HEALTHY, FAILING or PROBATION: the registry finds out who is lost",
                        Health.LOST));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.unprocessable("Nobody can be said to be lost; nothing was taken.", errors);
        }
    }

    @Override
    public MachineHealth health(String machine) {
        MachineHealth health = healths.machines(List.of(machine)).get(machine);
        if (health == null) {
            throw ProblemException.notFound("machine", machine, "There is no machine '" + machine + "'.");
        }
        return health;
    }

    @Override
    public Page<MachineHealth> healths(
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable Health health,
            int limit,
            @Nullable String cursor) {
        Limits.check(limit, LARGEST_PAGE);
        var filter = new Healths.Filter(environment, machineFunction, health);
        List<MachineHealth> found = healths.machines(filter, cursor == null ? "" : after(cursor), limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<MachineHealth> page = found.subList(0, limit);
        return new Page<>(page, Cursors.encode(page.getLast().machine()));
    }

    private static String after(String cursor) {
        String name = Cursors.decode(cursor, 1).getFirst();
        if (!Names.isPlace(name)) {
            throw ProblemException.badRequest("cursor", "must be a nextCursor that was answered before", cursor);
        }
        return name;
    }
}
