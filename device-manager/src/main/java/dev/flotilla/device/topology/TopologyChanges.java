package dev.flotilla.device.topology;

import dev.flotilla.api.device.ImportResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes the topology: each change wholly or not at all, and one after the other. */
@Component
class TopologyChanges {
    private static final Logger log = LoggerFactory.getLogger(TopologyChanges.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final StagedMachines staged;
    private final MeterRegistry metrics;

    TopologyChanges(JdbcClient jdbc, TransactionTemplate transaction, StagedMachines staged, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.staged = staged;
        this.metrics = metrics;
    }

    /**
     * Adds or changes machines; those not named stay. 422 with everything that is wrong: malformed machines; else machines named twice;
     * else machines that would make an environment lie in two regions.
     */
    ImportResult put(MachineSource source) {
        ImportResult result = Objects.requireNonNull(transaction.execute(status -> {
            Faults faults = new Faults(source);
            int count = staged.stage(source, faults);
            faults.throwIfAny();
            refuseDuplicates(faults);
            lock();
            refuseScatteredEnvironments(faults);
            return merge(count);
        }));
        count("added", result.added());
        count("changed", result.changed());
        log.info(
                "Topology: {} machines added, {} changed, {} unchanged",
                result.added(),
                result.changed(),
                result.unchanged());
        return result;
    }

    /** Retires a machine; true if there was one. */
    boolean delete(String name) {
        boolean deleted = Boolean.TRUE.equals(transaction.execute(status -> {
            lock();
            return jdbc.sql("delete from machine where name = :name")
                            .param("name", name)
                            .update()
                    > 0;
        }));
        if (deleted) {
            count("removed", 1);
            log.info("Topology: machine {} retired", name);
        }
        return deleted;
    }

    /** Until the end of the transaction no one else changes the topology; reading goes on. */
    private void lock() {
        jdbc.sql("update topology set revision = revision + 1").update();
    }

    private void refuseDuplicates(Faults faults) {
        jdbc.sql("""
                select number, name from (
                    select number, name, row_number() over (partition by name order by number) as occurrence from staged
                ) numbered
                where occurrence > 1
                order by number
                """).query(row -> {
            faults.add(row.getInt("number"), "name", "is named more than once", row.getString("name"));
        });
        faults.throwIfAny();
    }

    /** An environment lies where its machines that are not part of the import stand, else where the first of the import does. */
    private void refuseScatteredEnvironments(Faults faults) {
        jdbc.sql("""
                with home as (
                    select distinct on (environment) environment, region from (
                        select environment, region, -1 as number
                        from machine m
                        where environment in (select environment from staged)
                          and not exists (select 1 from staged s where s.name = m.name)
                        union all
                        select environment, region, number from staged
                    ) standing
                    order by environment, number
                )
                select s.number, s.region, s.environment, home.region as home
                from staged s
                join home on home.environment = s.environment and home.region <> s.region
                order by s.number
                """).query(row -> {
            faults.add(
                    row.getInt("number"),
                    "region",
                    "must be '%s', where environment '%s' lies: an environment lies in one region"
                            .formatted(row.getString("home"), row.getString("environment")),
                    row.getString("region"));
        });
        faults.throwIfAny();
    }

    private ImportResult merge(int count) {
        return jdbc.sql("""
                with merged as (
                    insert into machine as m (name, environment, machine_function, fault_domain, region, address)
                    select name, environment, machine_function, fault_domain, region, address from staged
                    on conflict (name) do update
                        set environment = excluded.environment, machine_function = excluded.machine_function,
                            fault_domain = excluded.fault_domain, region = excluded.region, address = excluded.address
                        where (m.environment, m.machine_function, m.fault_domain, m.region, m.address)
                            is distinct from (excluded.environment, excluded.machine_function, excluded.fault_domain,
                                              excluded.region, excluded.address)
                    returning (xmax = 0) as added
                )
                select count(*) filter (where added)::int as added, count(*) filter (where not added)::int as changed
                from merged
                """)
                .query((row, number) -> new ImportResult(
                        row.getInt("added"),
                        row.getInt("changed"),
                        count - row.getInt("added") - row.getInt("changed")))
                .single();
    }

    private void count(String kind, int machines) {
        metrics.counter("flotilla.topology.changes", "kind", kind).increment(machines);
    }
}
