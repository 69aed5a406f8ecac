package dev.flotilla.policy.maintenance;

import dev.flotilla.api.Names;
import dev.flotilla.api.Page;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceEvent;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Maintenance requests over REST. */
@RestController
class MaintenanceController implements MaintenanceApi {
    private static final int LARGEST_PAGE = 1_000;
    private static final int MOST_WORDS = 20_000;
    private static final int MOST_NAMED = 10;

    private final Intake intake;
    private final Tenants tenants;
    private final Correspondence correspondence;
    private final History history;
    private final InstantSource clock;

    MaintenanceController(
            Intake intake, Tenants tenants, Correspondence correspondence, History history, InstantSource clock) {
        this.intake = intake;
        this.tenants = tenants;
        this.correspondence = correspondence;
        this.history = history;
        this.clock = clock;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public MaintenanceVerdict intend(String job, MaintenanceIntent intent) {
        Caller caller = Caller.current();
        caller.require(Role.SERVICE);
        IntentCheck.check(intent);
        return intake.intend(job, intent, caller.name(), now());
    }

    @Override
    public MaintenanceVerdict standing(String job, List<String> tenant) {
        Caller.current().require(Role.SERVICE, Role.VIEWER, Role.DEPLOYER);
        IntentCheck.tenants(tenant);
        return intake.standing(job, tenant, now());
    }

    @Override
    public List<MaintenanceEvent> words(String deployment, long after, int limit) {
        Caller.current().require(Role.SERVICE, Role.VIEWER, Role.DEPLOYER);
        Limits.check(limit, MOST_WORDS);
        return history.words(deployment, after, limit);
    }

    @Override
    public TenantSettings.Stored putTenant(String tenant, TenantSettings settings) {
        Caller caller = TenantRights.require(tenant);
        IntentCheck.check(settings);
        return tenants.put(tenant, settings, caller.name(), now());
    }

    @Override
    public TenantSettings.Stored tenant(String tenant) {
        return tenants.find(tenant).orElseThrow(() -> ProblemException.notFound("tenant", tenant, unknown(tenant)));
    }

    private String unknown(String tenant) {
        List<String> known = tenants.after(null, "", MOST_NAMED + 1).stream()
                .map(TenantSettings.Stored::tenant)
                .toList();
        return "The tenant '" + tenant + "' has no settings: it is asked never. "
                + (known.isEmpty()
                        ? "No tenant has any yet"
                        : "Those that have are "
                                + String.join(", ", known.subList(0, Math.min(MOST_NAMED, known.size())))
                                + (known.size() > MOST_NAMED ? " and more" : ""))
                + "; PUT /v1/tenants/" + tenant + " with {\"asking\": \"APPROVE\"} ('./flotilla tenants set " + tenant
                + " --ask approve') gives it some.";
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteTenant(String tenant) {
        Caller caller = TenantRights.require(tenant);
        correspondence.requireNothingOpen(tenant, now());
        tenants.delete(tenant, caller.name());
    }

    @Override
    public Page<TenantSettings.Stored> tenants(@Nullable List<String> tenant, int limit, @Nullable String cursor) {
        Limits.check(limit, LARGEST_PAGE);
        if (tenant != null) {
            IntentCheck.tenants(tenant);
        }
        String after = cursor == null ? "" : Cursors.decode(cursor, 1).getFirst();
        if (cursor != null && !Names.isPlace(after)) {
            throw ProblemException.badRequest("cursor", "must be the nextCursor of a page of the same list", cursor);
        }
        List<TenantSettings.Stored> found = tenants.after(tenant, after, limit + 1);
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, limit),
                        Cursors.encode(found.get(limit - 1).tenant()));
    }

    @Override
    public ResponseEntity<MaintenanceDocument> document(
            String tenant, @Nullable String ifNoneMatch, @Nullable Duration wait) {
        TenantRights.requireReading(tenant);
        Duration most = Duration.ofSeconds(60);
        if (wait != null && (wait.isNegative() || wait.compareTo(most) > 0)) {
            throw ProblemException.badRequest("wait", "must be from nothing to " + most, wait);
        }
        MaintenanceDocument document =
                correspondence.document(tenant, ifNoneMatch, wait == null ? Duration.ZERO : wait);
        String etag = Correspondence.etag(document);
        return etag.equals(ifNoneMatch)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag).build()
                : ResponseEntity.ok().eTag(etag).body(document);
    }

    @Override
    public MaintenanceDocument answer(String tenant, MaintenanceAnswers answers) {
        Caller caller = TenantRights.require(tenant);
        return correspondence.answer(tenant, answers, caller.name(), now());
    }

    @Override
    public Page<MaintenanceEvent> history(String tenant, int limit, @Nullable String cursor) {
        TenantRights.requireReading(tenant);
        Limits.check(limit, LARGEST_PAGE);
        List<MaintenanceEvent> found =
                history.before(tenant, cursor == null ? Long.MAX_VALUE : Cursors.decodeNumber(cursor), limit + 1);
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, limit),
                        Cursors.encode(Long.toString(found.get(limit - 1).sequence())));
    }
}
