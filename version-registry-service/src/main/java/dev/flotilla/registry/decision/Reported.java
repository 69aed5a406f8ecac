package dev.flotilla.registry.decision;

import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.registry.fleet.Fleet;
import dev.flotilla.registry.fleet.KnownMachine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what is reported with what is known, and turns the one into the other. */
public final class Reported {
    private Reported() {}

    /** True when the report says nothing that is not known already. */
    public static boolean isKnown(@Nullable RunningService known, RunningReport report) {
        if (known == null) {
            return report.version() == null
                    && report.order() == null
                    && Fleet.isAbsent(asRunning("", "", report, Instant.EPOCH));
        }
        return known.state() == report.effectiveState()
                && known.restarts() == report.restarts()
                && Objects.equals(known.version(), report.version())
                && Objects.equals(known.sha256(), report.sha256())
                && Objects.equals(known.since(), stored(report.since()))
                && Objects.equals(known.order(), stored(report.order()));
    }

    /** True when all that the machine says is known, and nothing is known besides. */
    public static boolean isKnown(KnownMachine machine, Map<String, RunningReport> services) {
        int present = 0;
        for (Map.Entry<String, RunningReport> entry : services.entrySet()) {
            RunningService known = machine.service(entry.getKey());
            if (entry.getValue() == null || !isKnown(known, entry.getValue())) {
                return false;
            }
            present += known == null ? 0 : 1;
        }
        return present == machine.serviceCount();
    }

    /** The report as it is kept. */
    static RunningService asRunning(String machine, String service, RunningReport report, Instant at) {
        return new RunningService(
                machine,
                service,
                report.version(),
                report.effectiveState(),
                report.sha256(),
                report.restarts(),
                stored(report.since()),
                stored(report.order()),
                at);
    }

    /** What is kept of a service that the machine no longer lists: that it is absent. */
    static RunningService absent(String machine, String service, Instant at) {
        return asRunning(machine, service, new RunningReport(null, null, null, 0, null, null), at);
    }

    /** The database keeps microseconds. */
    private static @Nullable Instant stored(@Nullable Instant since) {
        return since == null || since.getNano() % 1000 == 0 ? since : since.truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable OrderProgress stored(@Nullable OrderProgress order) {
        if (order == null) {
            return null;
        }
        String id = storable(order.orderId());
        String reason = order.reason() == null ? null : storable(order.reason());
        return Objects.equals(id, order.orderId()) && Objects.equals(reason, order.reason())
                ? order
                : new OrderProgress(id, order.version(), order.phase(), reason);
    }

    /** A reason may quote any bytes of a process; the database takes neither NUL nor half a surrogate pair. */
    private static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                        .replace('\0', '\uFFFD');
            }
        }
        return text;
    }
}
