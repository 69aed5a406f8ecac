package dev.flotilla.registry.heartbeat;

import dev.flotilla.registry.changes.ChangeQueue;
import dev.flotilla.registry.changes.Freshness;
import dev.flotilla.registry.changes.NotDurableException;
import dev.flotilla.registry.decision.Statement;
import dev.flotilla.registry.fleet.Fleet;
import dev.flotilla.registry.fleet.KnownMachine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Finds the machines that nobody has heard of for three report intervals. Nobody: another instance may have, which shows in the
 * database. An instance that could not hear or write for a while, because it had just started, or slept, or the database was away, first
 * listens for three whole intervals.
 */
@Component
public class LostSweep {
    private static final Logger log = LoggerFactory.getLogger(LostSweep.class);
    private static final int AT_ONCE = 5_000;
    private static final long TIMEOUT_MILLIS = 30_000;

    private final Fleet fleet;
    private final LastSeenTable table;
    private final ChangeQueue changes;
    private final Freshness freshness;
    private final HeartbeatProperties properties;
    private final InstantSource clock;
    private @Nullable Instant previous;

    LostSweep(
            Fleet fleet,
            LastSeenTable table,
            ChangeQueue changes,
            Freshness freshness,
            HeartbeatProperties properties,
            InstantSource clock) {
        this.fleet = fleet;
        this.table = table;
        this.changes = changes;
        this.freshness = freshness;
        this.properties = properties;
        this.clock = clock;
    }

    /** Looks once. To be called every {@link HeartbeatProperties#beat}. */
    public synchronized void sweep() {
        Instant now = clock.instant();
        if (previous != null && previous.plus(properties.reportInterval()).isBefore(now)) {
            freshness.disturbed();
        }
        previous = now;
        Instant since = now.minus(properties.patience());
        if (freshness.undisturbedSince().isAfter(since)) {
            return;
        }
        try {
            List<KnownMachine> silent = new ArrayList<>();
            for (KnownMachine machine : fleet.machines()) {
                if (isSilent(machine, since)) {
                    silent.add(machine);
                    if (silent.size() == AT_ONCE) {
                        judge(silent, since);
                        silent.clear();
                    }
                }
            }
            judge(silent, since);
        } catch (DataAccessException | NotDurableException e) {
            log.warn("lost machines could not be told apart; trying again shortly: {}", e.getMessage());
        }
    }

    private void judge(List<KnownMachine> silent, Instant since) {
        if (silent.isEmpty()) {
            return;
        }
        for (LastSeenTable.Seen seen : table.read(silent)) {
            KnownMachine machine = fleet.machine(seen.machine());
            if (machine != null) {
                machine.written(seen.at().toEpochMilli());
            }
        }
        List<Statement> lost = new ArrayList<>();
        for (KnownMachine machine : silent) {
            if (isSilent(machine, since)) {
                lost.add(new Statement.NotHeardOf(machine.name(), since));
            }
        }
        if (!lost.isEmpty()) {
            changes.submit(lost, TIMEOUT_MILLIS);
            log.warn(
                    "{} machines not heard of since {}: {}{}",
                    lost.size(),
                    since,
                    lost.stream().limit(20).map(Statement::machine).toList(),
                    lost.size() > 20 ? " and more" : "");
        }
    }

    private static boolean isSilent(KnownMachine machine, Instant since) {
        return !machine.lost() && machine.lastSeen() < since.toEpochMilli();
    }
}
