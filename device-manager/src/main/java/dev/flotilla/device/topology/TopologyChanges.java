package dev.flotilla.device.topology;

import dev.flotilla.api.Problem;
import dev.flotilla.api.device.ImportResult;
import dev.flotilla.api.device.TenantAssignment;
import dev.flotilla.platform.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
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
     * else machines that would make an environment lie in two regions. 409 with the machines that it would move and that are under repair.
     */
    ImportResult put(MachineSource source) {
        ImportResult result = Objects.requireNonNull(transaction.execute(status -> {
            Faults faults = new Faults(source);
            // For sorting and hashing millions; one import runs at a time.
            jdbc.sql("set local work_mem = '128MB'").update();
            int count = staged.stage(source, faults);
            faults.throwIfAny();
            refuseDuplicates(faults);
            lock();
            ImportResult merged = merge(count, source.namesTenants());
            refuseScatteredEnvironments(faults);
            followMoves(source);
            return merged;
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

    /** Retires a machine and cancels what has not ended of its repairs; true if there was one. */
    boolean delete(String name, String by) {
        boolean deleted = Boolean.TRUE.equals(transaction.execute(status -> {
            lock();
            return jdbc.sql("select retire_machine(:name, :by)")
                    .param("name", name)
                    .param("by", by)
                    .query(Boolean.class)
                    .single();
        }));
        if (deleted) {
            count("removed", 1);
            log.info("Topology: machine {} retired by {}", name, by);
        }
        return deleted;
    }

    /** Gives machines to a tenant, or to nobody. 422 with those that don't exist. */
    void give(TenantAssignment assignment, String by) {
        String[] machines = assignment.machines().toArray(String[]::new);
        int given = Objects.requireNonNull(transaction.execute(status -> {
            lock();
            refuseUnknown(machines);
            return jdbc.sql("""
                    update machine set tenant = :tenant where name = any(:machines) and tenant is distinct from :tenant
                    """)
                    .param("tenant", assignment.tenant(), Types.VARCHAR)
                    .param("machines", machines)
                    .update();
        }));
        count("changed", given);
        log.info("Topology: {} machines given to {} by {}", given, assignment.tenant(), by);
    }

    private void refuseUnknown(String[] machines) {
        List<Problem.FieldError> unknown = jdbc.sql("""
                select number, wanted.name
                from unnest(:machines) with ordinality as wanted (name, number)
                where not exists (select 1 from machine m where m.name = wanted.name)
                order by number
                """)
                .param("machines", machines)
                .query((row, number) -> ProblemException.error(
                        "machines[" + (row.getInt("number") - 1) + "]", "does not exist", row.getString("name")))
                .list();
        if (!unknown.isEmpty()) {
            throw ProblemException.unprocessable(
                    unknown.size() + " of the machines don't exist; nothing was changed.", unknown);
        }
    }

    /** Until the end of the transaction no one else changes the topology; reading goes on. */
    private void lock() {
        jdbc.sql("update topology set revision = revision + 1").update();
    }

    private void refuseDuplicates(Faults faults) {
        if (jdbc.sql("select not exists (select 1 from staged group by name having count(*) > 1)")
                .query(Boolean.class)
                .single()) {
            return;
        }
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
        List<String> scattered = jdbc.sql("""
                select environment from fault_domain
                where environment in (select environment from staged)
                group by environment
                having count(distinct region) > 1
                """)
                .query((row, number) -> row.getString("environment"))
                .list();
        if (scattered.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with home as (
                    select distinct on (environment) environment, region from (
                        select environment, region, -1 as number
                        from machine m
                        where environment = any(:scattered)
                          and not exists (select 1 from staged s where s.name = m.name)
                        union all
                        select environment, region, number from staged where environment = any(:scattered)
                    ) standing
                    order by environment, number
                )
                select s.number, s.region, s.environment, home.region as home
                from staged s
                join home on home.environment = s.environment and home.region <> s.region
                order by s.number
                """).param("scattered", scattered.toArray(String[]::new)).query(row -> {
            faults.add(
                    row.getInt("number"),
                    "region",
                    "must be '%s', where environment '%s' lies: an environment lies in one region"
                            .formatted(row.getString("home"), row.getString("environment")),
                    row.getString("region"));
        });
        faults.throwIfAny();
    }

    /** The state of machines goes with them. Until here nobody who claims machines had to wait for the import. */
    private void followMoves(MachineSource source) {
        Faults underRepair = new Faults(source);
        jdbc.sql("select o_number, o_machine, o_reason from follow_moves()").query(row -> {
            underRepair.add(
                    row.getInt("o_number"),
                    "name",
                    "can't be moved to another place while it is under repair: " + row.getString("o_reason"),
                    row.getString("o_machine"));
        });
        underRepair.throwIfAny(HttpStatus.CONFLICT);
    }

    private ImportResult merge(int count, boolean namesTenants) {
        jdbc.sql("""
                create temporary table moved (
                    name text collate "C" not null,
                    environment text collate "C" not null,
                    machine_function text collate "C" not null
                ) on commit drop
                """).update();
        return jdbc.sql("""
                with merged as (
                    insert into machine as m (name, environment, machine_function, fault_domain, region, address, tenant)
                    select name, environment, machine_function, fault_domain, region, address, tenant from staged
                    on conflict (name) do update
                        set environment = excluded.environment, machine_function = excluded.machine_function,
                            fault_domain = excluded.fault_domain, region = excluded.region, address = excluded.address,
                            tenant = case when :namesTenants then excluded.tenant else m.tenant end
                        where (m.environment, m.machine_function, m.fault_domain, m.region, m.address)
                            is distinct from (excluded.environment, excluded.machine_function, excluded.fault_domain,
                                              excluded.region, excluded.address)
                            or (:namesTenants and m.tenant is distinct from excluded.tenant)
                    returning new.name, old.name is null as added, old.environment, old.machine_function,
                              (old.environment, old.machine_function, old.fault_domain)
                                  is distinct from (new.environment, new.machine_function, new.fault_domain) as elsewhere
                ), noted as (
                    insert into moved (name, environment, machine_function)
                    select name, environment, machine_function from merged where not added and elsewhere
                )
                select count(*) filter (where added)::int as added, count(*) filter (where not added)::int as changed
                from merged
                """)
                .param("namesTenants", namesTenants)
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
