package dev.flotilla.registry.heartbeat;

import dev.flotilla.registry.fleet.KnownMachine;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The last-seen times in the database. */
@Repository
class LastSeenTable {
    private final JdbcClient database;

    LastSeenTable(JdbcClient database) {
        this.database = database;
    }

    /**
     * Moves the machines' times forward. A row that somebody else holds is passed over: so this waits for nobody, and nobody for it
     * in a circle.
     *
     * @return how many rows were written
     */
    int write(List<KnownMachine> machines, List<Instant> seen) {
        return database.sql("""
                        with free as (
                            select name from machine where name = any(?::text[]) for update skip locked)
                        update machine set last_seen = greatest(machine.last_seen, reported.seen)
                        from free join unnest(?::text[], ?::timestamptz[]) as reported(name, seen) using (name)
                        where machine.name = free.name
                        """)
                .param(names(machines))
                .param(names(machines))
                .param(new SqlArrayValue(
                        "timestamptz", seen.stream().map(Instant::toString).toArray()))
                .update();
    }

    /** What the database knows of these machines, other instances' reports included. */
    List<Seen> read(List<KnownMachine> machines) {
        return database.sql("select name, last_seen from machine where name = any(?::text[])")
                .param(names(machines))
                .query((row, _) -> new Seen(
                        row.getString("name"),
                        row.getObject("last_seen", OffsetDateTime.class).toInstant()))
                .list();
    }

    record Seen(String machine, Instant at) {}

    private static SqlArrayValue names(List<KnownMachine> machines) {
        return new SqlArrayValue(
                "text", machines.stream().map(KnownMachine::name).toArray());
    }
}
