package dev.flotilla.device.repair;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairRequest;
import dev.flotilla.platform.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes wishes for reboots and repaves. */
@Component
class RepairRequests {
    private static final Logger log = LoggerFactory.getLogger(RepairRequests.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RepairRequests(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** A requested repair for each machine, in the order asked; one that waits already is not made again. */
    List<Repair> request(RepairRequest request, String by) {
        String[] machines = request.machines().toArray(String[]::new);
        List<Repair> requested = Objects.requireNonNull(transaction.execute(status -> {
            lock(machines);
            refuseUnknown(machines);
            remember(request, by, machines);
            insert(request, by, machines);
            return waiting(request, by, machines);
        }));
        log.info("{} asks for a {} of {} machines: {}", by, request.kind(), machines.length, request.reason());
        return requested;
    }

    private void lock(String[] machines) {
        jdbc.sql("""
                select lock_groups(array_agg(environment), array_agg(machine_function))
                from (select distinct environment, machine_function from machine where name = any(:machines)) groups
                having count(*) > 0
                """).param("machines", machines).query(row -> {});
    }

    private void refuseUnknown(String[] machines) {
        List<FieldError> unknown = jdbc.sql("""
                select number, wanted.name
                from unnest(:machines) with ordinality as wanted (name, number)
                left join machine m on m.name = wanted.name
                where m.name is null
                order by number
                """)
                .param("machines", machines)
                .query((row, number) -> ProblemException.error(
                        "machines[" + (row.getInt("number") - 1) + "]", "does not exist", row.getString("name")))
                .list();
        if (!unknown.isEmpty()) {
            throw ProblemException.unprocessable(
                    unknown.size() + " of the machines don't exist; nothing was requested.", unknown);
        }
    }

    /** Who asks again may have a better reason. */
    private void remember(RepairRequest request, String by, String[] machines) {
        jdbc.sql("""
                update repair
                set reason = :reason, history = history || step('REQUESTED', clock(), :by, :reason)
                where machine = any(:machines) and kind = :kind and holder = :by and forced = :forced
                  and state in ('REQUESTED', 'APPROVED') and reason <> :reason
                """)
                .param("kind", request.kind().name())
                .param("forced", forced(request))
                .param("by", by)
                .param("reason", request.reason())
                .param("machines", machines)
                .update();
    }

    private static boolean forced(RepairRequest request) {
        return Boolean.TRUE.equals(request.forced());
    }

    private void insert(RepairRequest request, String by, String[] machines) {
        jdbc.sql("""
                insert into repair (machine, environment, machine_function, fault_domain, kind, forced, state, holder, reason,
                                    requested_at, since, history)
                select m.name, m.environment, m.machine_function, m.fault_domain, :kind, :forced, 'REQUESTED', :by, :reason,
                       now, now, step('REQUESTED', now, :by, :reason)
                from unnest(:machines) with ordinality as wanted (name, number)
                join machine m on m.name = wanted.name
                cross join clock() as now
                where not exists (select 1 from repair r
                                  where r.machine = m.name and r.kind = :kind and r.holder = :by and r.forced = :forced
                                    and r.state in ('REQUESTED', 'APPROVED'))
                order by number
                """)
                .param("kind", request.kind().name())
                .param("forced", forced(request))
                .param("by", by)
                .param("reason", request.reason())
                .param("machines", machines)
                .update();
    }

    private List<Repair> waiting(RepairRequest request, String by, String[] machines) {
        return jdbc.sql("""
                select r.*
                from unnest(:machines) with ordinality as wanted (name, number)
                cross join lateral (
                    select * from repair_now
                    where machine = wanted.name and kind = :kind and holder = :by and forced = :forced and state in ('REQUESTED', 'APPROVED')
                    order by id desc
                    limit 1
                ) r
                order by number
                """)
                .param("machines", machines)
                .param("kind", request.kind().name())
                .param("forced", forced(request))
                .param("by", by)
                .query(RepairRows::repair)
                .list();
    }
}
