package dev.flotilla.registry.report;

import static dev.flotilla.platform.problem.ProblemException.error;

import dev.flotilla.api.Names;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Checks what the contract says of reports, written out by hand: reflection over the ten thousand of a batch would cost more than all
 * the rest.
 */
final class ReportCheck {
    private static final int MOST_SERVICES = 1_000;
    private static final int MOST_ERRORS = 100;
    private static final int ORDER_ID_LENGTH = 200;
    private static final int REASON_LENGTH = 4_000;
    private static final int SHA256_LENGTH = 64;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final List<FieldError> errors = new ArrayList<>();

    /** A 400 problem that names all that was wrong (the first hundred), if anything was. */
    void finish() {
        if (!errors.isEmpty()) {
            FieldError first = errors.getFirst();
            String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
            throw ProblemException.of(HttpStatus.BAD_REQUEST, first.field() + ": " + first.message() + more, errors);
        }
    }

    void wrong(String field, String message, @Nullable Object rejected) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(error(field, message, rejected));
        }
    }

    void machine(String field, String name) {
        if (!Names.isPlace(name)) {
            wrong(field, "must be " + Names.PLACE_ALLOWED, name);
        }
    }

    void service(String field, String name) {
        if (!Names.isService(name)) {
            wrong(field, "must be " + Names.SERVICE_ALLOWED, name);
        }
    }

    void all(String field, MachineReport report) {
        machine(field + ".machine", report.machine());
        if (report.services() == null) {
            wrong(field + ".services", "must not be null: {} says that nothing runs", null);
            return;
        }
        if (report.services().size() > MOST_SERVICES) {
            wrong(
                    field + ".services",
                    "must be at most " + MOST_SERVICES,
                    report.services().size());
            return;
        }
        report.services().forEach((name, service) -> {
            service(field + ".services", name);
            String place = field + ".services[" + name + "]";
            if (service == null) {
                wrong(place, "must not be null: leave out what does not run", null);
            } else {
                report(place + ".", service);
            }
        });
    }

    /** @param prefix stands before the names of the fields */
    void report(String prefix, RunningReport report) {
        version(prefix + "version", report.version());
        if (report.sha256() != null && !isDigest(report.sha256())) {
            wrong(prefix + "sha256", "must be 64 lower-case hexadecimal digits", report.sha256());
        }
        if (report.restarts() < 0) {
            wrong(prefix + "restarts", "must be 0 or more", report.restarts());
        }
        Instant since = report.since();
        if (since != null && (since.isBefore(EARLIEST) || since.isAfter(LATEST))) {
            wrong(prefix + "since", "must be a time from " + EARLIEST + " to " + LATEST, since);
        }
        if (report.order() != null) {
            order(prefix + "order.", report.order());
        }
    }

    private void order(String prefix, OrderProgress order) {
        String id = order.orderId();
        if (id == null || id.isEmpty() || id.length() > ORDER_ID_LENGTH) {
            wrong(prefix + "orderId", "must be 1 to " + ORDER_ID_LENGTH + " characters", id);
        }
        if (order.version() == null) {
            wrong(prefix + "version", "must not be null", null);
        }
        version(prefix + "version", order.version());
        if (order.phase() == null) {
            wrong(prefix + "phase", "must not be null", null);
        }
        if (order.reason() != null && order.reason().length() > REASON_LENGTH) {
            wrong(prefix + "reason", "must be at most " + REASON_LENGTH + " characters", order.reason());
        }
    }

    private void version(String field, @Nullable String version) {
        if (version != null && !Names.isVersion(version)) {
            wrong(field, "must be " + Names.VERSION_ALLOWED, version);
        }
    }

    private static boolean isDigest(String text) {
        return text.length() == SHA256_LENGTH
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
