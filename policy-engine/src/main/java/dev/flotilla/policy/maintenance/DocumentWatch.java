package dev.flotilla.policy.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Waits until documents change. All who wait are served by one question to the database, twice a second; so it does not matter which instance
 * changed a document.
 */
@Component
class DocumentWatch {
    private final MaintenanceTable table;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    DocumentWatch(MaintenanceTable table) {
        this.table = table;
    }

    /** Not a record: two who wait for the same are two. */
    private static final class Waiting {
        private final String tenant;
        private final long incarnation;
        private final CompletableFuture<Void> changed = new CompletableFuture<>();

        Waiting(String tenant, long incarnation) {
            this.tenant = tenant;
            this.incarnation = incarnation;
        }
    }

    /** Returns as soon as a document is not at this incarnation any more, or after that time. */
    void await(String tenant, long incarnation, Duration wait) throws InterruptedException {
        Waiting own = new Waiting(tenant, incarnation);
        waiting.add(own);
        try {
            own.changed.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // nothing changed
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            waiting.remove(own);
        }
    }

    @Scheduled(fixedDelayString = "PT0.5S")
    void look() {
        List<Waiting> now = List.copyOf(waiting);
        if (now.isEmpty()) {
            return;
        }
        Map<String, Long> incarnations =
                table.incarnations(now.stream().map(each -> each.tenant).collect(Collectors.toSet()));
        now.stream()
                .filter(each -> incarnations.getOrDefault(each.tenant, 0L) != each.incarnation)
                .forEach(each -> each.changed.complete(null));
    }
}
