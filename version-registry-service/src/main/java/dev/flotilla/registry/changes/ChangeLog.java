package dev.flotilla.registry.changes;

import static dev.flotilla.registry.changes.Columns.order;
import static dev.flotilla.registry.changes.Columns.running;
import static java.util.stream.Collectors.partitioningBy;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.registry.fleet.Fleet;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The change log in the database, and the tables that it keeps up to date. */
@Repository
class ChangeLog {
    /** Any number, the same for all instances. Advisory locks are those of one database. */
    private static final long WRITERS = 0x466c6f7465726567L;

    private final JdbcClient database;

    ChangeLog(JdbcClient database) {
        this.database = database;
    }

    /** Makes this transaction the only writer until it ends: numbers are given, and become visible, in one order. */
    void lock() {
        database.sql("select pg_advisory_xact_lock(?)").param(WRITERS).query().singleRow();
    }

    UUID feed() {
        return database.sql("select id from feed").query(UUID.class).single();
    }

    /** The number of the newest change; 0 when there is none. */
    long head() {
        return database.sql("select coalesce(max(seq), 0) from change")
                .query(Long.class)
                .single();
    }

    /** The number before that of the oldest change that is kept. */
    long beforeOldest() {
        return database.sql("select coalesce(min(seq) - 1, 0) from change")
                .query(Long.class)
                .single();
    }

    List<Change> after(long seq, int limit) {
        return database.sql("select * from change where seq > ? order by seq limit ?")
                .params(seq, limit)
                .query(ChangeRow::change)
                .list();
    }

    /** Marks those machines lost that are not yet, and that no instance has written a last-seen time for since then; they are returned. */
    List<String> markLost(Collection<String> machines, Instant notSince) {
        return database.sql("""
                        update machine set lost = true
                        where name = any(?) and not lost and last_seen < ?::timestamptz
                        returning name
                        """)
                .param(new SqlArrayValue("text", machines.toArray()))
                .param(notSince.toString())
                .query((row, _) -> ChangeRow.text(row, "name"))
                .list();
    }

    /** Appends the changes and brings the tables up to them; machines that are lost by them are marked already. */
    void append(List<Change> changes) {
        insert(new Columns(changes));
        Map<String, Change> back = new LinkedHashMap<>();
        Map<List<String>, Change> latest = new LinkedHashMap<>();
        for (Change change : changes) {
            RunningService running = change.running();
            if (change.kind() == Change.Kind.BACK) {
                back.put(change.machine(), change);
            } else if (running != null) {
                latest.put(List.of(change.machine(), running.service()), change);
            }
        }
        if (!back.isEmpty()) {
            bringBack(new Columns(List.copyOf(back.values())));
        }
        Map<Boolean, List<Change>> byAbsence = latest.values().stream()
                .collect(partitioningBy(change -> change.running() != null && Fleet.isAbsent(change.running())));
        upsert(new Columns(byAbsence.getOrDefault(false, List.of())));
        delete(new Columns(byAbsence.getOrDefault(true, List.of())));
    }

    private void insert(Columns rows) {
        database.sql("""
                        insert into change (seq, kind, machine, service, version, state, sha256, restarts, since,
                            order_id, order_version, order_phase, order_reason, previous_version, at)
                        select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::int[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                        """)
                .param(rows.array("bigint", Change::seq))
                .param(rows.text(Change::kind))
                .param(rows.text(Change::machine))
                .param(rows.text(running(RunningService::service)))
                .param(rows.text(running(RunningService::version)))
                .param(rows.text(running(RunningService::state)))
                .param(rows.text(running(RunningService::sha256)))
                .param(rows.array("int", ChangeLog::restarts))
                .param(rows.time(running(RunningService::since)))
                .param(rows.text(order(OrderProgress::orderId)))
                .param(rows.text(order(OrderProgress::version)))
                .param(rows.text(order(OrderProgress::phase)))
                .param(rows.text(order(OrderProgress::reason)))
                .param(rows.text(Change::previousVersion))
                .param(rows.time(Change::at))
                .update();
    }

    private void bringBack(Columns rows) {
        database.sql("""
                        insert into machine (name, first_seen, last_seen)
                        select name, at, at from unnest(?::text[], ?::timestamptz[]) as reported(name, at)
                        on conflict (name) do update
                        set last_seen = greatest(machine.last_seen, excluded.last_seen), lost = false
                        """)
                .param(rows.text(Change::machine))
                .param(rows.time(Change::at))
                .update();
    }

    private void upsert(Columns rows) {
        if (rows.rows().isEmpty()) {
            return;
        }
        database.sql("""
                        insert into running (machine, service, version, state, sha256, restarts, since,
                            order_id, order_version, order_phase, order_reason, changed_at)
                        select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::timestamptz[],
                            ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                        on conflict (machine, service) do update set
                            version = excluded.version, state = excluded.state, sha256 = excluded.sha256,
                            restarts = excluded.restarts, since = excluded.since, order_id = excluded.order_id,
                            order_version = excluded.order_version, order_phase = excluded.order_phase,
                            order_reason = excluded.order_reason, changed_at = excluded.changed_at
                        """)
                .param(rows.text(Change::machine))
                .param(rows.text(running(RunningService::service)))
                .param(rows.text(running(RunningService::version)))
                .param(rows.text(running(RunningService::state)))
                .param(rows.text(running(RunningService::sha256)))
                .param(rows.array("int", ChangeLog::restarts))
                .param(rows.time(running(RunningService::since)))
                .param(rows.text(order(OrderProgress::orderId)))
                .param(rows.text(order(OrderProgress::version)))
                .param(rows.text(order(OrderProgress::phase)))
                .param(rows.text(order(OrderProgress::reason)))
                .param(rows.time(Change::at))
                .update();
    }

    private void delete(Columns rows) {
        if (rows.rows().isEmpty()) {
            return;
        }
        database.sql("""
                        delete from running using unnest(?::text[], ?::text[]) as gone(machine, service)
                        where running.machine = gone.machine and running.service = gone.service
                        """)
                .param(rows.text(Change::machine))
                .param(rows.text(running(RunningService::service)))
                .update();
    }

    private static Integer restarts(Change change) {
        return change.running() == null ? 0 : change.running().restarts();
    }
}
