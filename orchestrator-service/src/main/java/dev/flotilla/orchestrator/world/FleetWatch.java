package dev.flotilla.orchestrator.world;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Sight;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What runs where, in memory, as up to date as the registry's change feed. */
@Component
public class FleetWatch {
    private final Words words = new Words();
    private volatile Map<String, MachineSight> machines = new ConcurrentHashMap<>();
    private volatile Contact contact = new Contact(null, null, "the registry has not been read yet");

    /**
     * How well the registry is followed.
     *
     * @param since since when without a break; null while it is not
     * @param heardBy when the next answer must have come; null while it is not followed
     * @param trouble what is wrong when it is not followed
     */
    private record Contact(
            @Nullable Instant since, @Nullable Instant heardBy, String trouble) {}

    /** Since when the registry has been followed without a break; null while it is not. */
    public @Nullable Instant since(Instant now) {
        Contact last = contact;
        return last.heardBy() == null || now.isAfter(last.heardBy()) ? null : last.since();
    }

    /** Why the registry is not followed, in words. */
    public String trouble() {
        return contact.trouble();
    }

    /** What is known of a service on a machine; null for a machine that never reported. */
    public @Nullable Sight sight(String machine, String service) {
        MachineSight seen = machines.get(machine);
        return seen == null
                ? null
                : new Sight(seen.lastSeen(), seen.lost(), seen.services().get(service));
    }

    void heard(Instant now, Instant nextBy) {
        // Contact that lapsed unnoticed, in a pause of this process say, begins anew.
        Instant since = since(now);
        contact = new Contact(since == null ? now : since, nextBy, "the registry has not answered since " + now);
    }

    void broken(String trouble) {
        contact = new Contact(null, null, trouble);
    }

    /** Forgets all and begins with these machines. */
    void replace(Map<String, MachineSight> all) {
        machines = new ConcurrentHashMap<>(all);
    }

    void take(Change change) {
        RunningService running = change.running();
        machines.compute(change.machine(), (name, seen) -> {
            MachineSight before = seen == null ? new MachineSight(change.at(), false, Map.of()) : seen;
            return switch (change.kind()) {
                case SERVICE -> running == null ? before : before.with(lean(name, running), change.at());
                case LOST -> before.lost(true, change.at());
                case BACK -> before.lost(false, change.at());
            };
        });
    }

    MachineSight sightOf(MachineStatus status) {
        Map<String, RunningService> services = new HashMap<>();
        status.services().stream()
                .map(running -> lean(status.machine(), running))
                .forEach(running -> services.put(running.service(), running));
        return new MachineSight(status.lastSeen(), status.lost(), services);
    }

    /** The same, in the words of all others: millions of machines run the same few versions. */
    private RunningService lean(String machine, RunningService running) {
        return new RunningService(
                machine,
                words.same(running.service()),
                running.version() == null ? null : words.same(running.version()),
                running.state(),
                running.sha256() == null ? null : words.same(running.sha256()),
                running.restarts(),
                running.since(),
                running.order(),
                running.changedAt());
    }
}
