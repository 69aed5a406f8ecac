package dev.flotilla.registry.heartbeat;

import dev.flotilla.registry.fleet.Fleet;
import dev.flotilla.registry.fleet.KnownMachine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Writes last-seen times to the database, in bulk, and only those that moved on. */
@Component
public class LastSeenWriter {
    private static final Logger log = LoggerFactory.getLogger(LastSeenWriter.class);
    private static final int AT_ONCE = 5_000;

    private final Fleet fleet;
    private final LastSeenTable table;
    private final Timer writes;

    LastSeenWriter(Fleet fleet, LastSeenTable table, MeterRegistry meters) {
        this.fleet = fleet;
        this.table = table;
        this.writes = Timer.builder("flotilla.last.seen.flush")
                .description("bulk writes of last-seen times")
                .register(meters);
    }

    /** Writes what is new; a failure leaves the rest to the next time. */
    public void write() {
        List<KnownMachine> moved = new ArrayList<>();
        try {
            for (KnownMachine machine : fleet.machines()) {
                if (machine.lastSeen() > machine.writtenLastSeen()) {
                    moved.add(machine);
                    if (moved.size() == AT_ONCE) {
                        write(moved);
                        moved.clear();
                    }
                }
            }
            write(moved);
        } catch (DataAccessException | TransactionException e) {
            log.warn("last-seen times could not be written; they are kept for the next time: {}", e.getMessage());
        }
    }

    private void write(List<KnownMachine> machines) {
        if (machines.isEmpty()) {
            return;
        }
        List<Instant> seen = machines.stream()
                .map(machine -> Instant.ofEpochMilli(machine.lastSeen()))
                .toList();
        Integer rows = writes.record(() -> table.write(machines, seen));
        if (rows != null && rows == machines.size()) {
            for (int i = 0; i < rows; i++) {
                machines.get(i).written(seen.get(i).toEpochMilli());
            }
        }
    }
}
