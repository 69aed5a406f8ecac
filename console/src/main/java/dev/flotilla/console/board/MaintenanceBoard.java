package dev.flotilla.console.board;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.console.board.Board.Cell;
import dev.flotilla.console.board.Board.Row;
import dev.flotilla.console.watch.Questions;
import dev.flotilla.console.watch.Times;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What tenants are asked before their machines are changed, and what they answer. */
@Component
public class MaintenanceBoard {
    private static final int MOST = 50;

    private final MaintenanceApi maintenance;
    private final Questions questions;
    private final InstantSource clock;

    MaintenanceBoard(MaintenanceApi maintenance, Questions questions, InstantSource clock) {
        this.maintenance = maintenance;
        this.questions = questions;
        this.clock = clock;
    }

    /** As it is now: the jobs of each tenant, and how tenants are asked. */
    public Board look() {
        Tables tables = new Tables(questions, "policy-engine");
        Page<TenantSettings.Stored> tenants = tables.ask("The tenants", () -> maintenance.tenants(null, MOST, null));
        if (tenants != null) {
            tenants.items().forEach(tenant -> jobs(tables, tenant.tenant()));
        }
        tables.add(
                "How tenants are asked",
                List.of("Tenant", "Asked", "Deadline", "On silence", "May delay", "Jobs at once", "By", "Since"),
                tenants == null ? null : tenants.items(),
                MaintenanceBoard::row,
                "No tenant has settings: none is asked.",
                tenants == null || tenants.nextCursor() == null ? null : "./flotilla tenants --limit 1000");
        return tables.board("maintenance", "Maintenance requests", clock.instant());
    }

    private void jobs(Tables tables, String tenant) {
        MaintenanceDocument document = tables.ask(
                "The requests to " + tenant,
                () -> maintenance.document(tenant, null, null).getBody());
        tables.add(
                "Tenant " + tenant,
                List.of("Job", "Of", "State", "Step", "Fault domain", "Machines", "Answer", "Deadline", "Why"),
                document == null ? null : document.jobs(),
                MaintenanceBoard::row,
                "Nothing is asked.",
                null);
    }

    private static Row row(Job job) {
        Step step = job.step();
        return Row.of(
                job.deployment() == null ? job.id() : new Cell(job.id(), "/deployments/" + job.deployment()),
                job.service() + " " + job.version(),
                Tables.word(job.state()),
                step == null ? "" : step.ordinal() + ", " + Tables.word(step.kind()),
                step == null ? "" : step.faultDomain(),
                step == null ? "" : step.machines().size() + ": " + Tables.names(step.machines()),
                step == null ? "" : Tables.word(step.state()),
                step == null || step.state() != StepState.WAITING ? "" : Times.at(step.deadline()) + delayed(step),
                job.reason());
    }

    private static String delayed(Step step) {
        return step.delayedBy() == null
                ? ""
                : ", delayed by " + step.delayedBy() + (step.delayReason() == null ? "" : ": " + step.delayReason());
    }

    private static Row row(TenantSettings.Stored stored) {
        TenantSettings settings = stored.settings();
        return Row.of(
                stored.tenant(),
                Tables.word(settings.asking()),
                took(settings.deadline()),
                settings.onSilence() == null ? "" : Tables.word(settings.onSilence()),
                took(settings.delayAllowance()),
                String.valueOf(settings.maxJobs()),
                stored.changedBy(),
                Times.at(stored.changedAt()));
    }

    private static String took(@Nullable Duration duration) {
        return duration == null ? "" : Times.took(duration);
    }
}
