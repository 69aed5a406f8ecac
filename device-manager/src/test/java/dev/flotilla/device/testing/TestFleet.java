package dev.flotilla.device.testing;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Machines in the database under test, put there without ceremony, and its clock. */
public final class TestFleet {
    private static final List<String> TABLES = List.of(
            "repair",
            "claim_ticket",
            "trouble",
            "domain_load",
            "machine_state",
            "machine",
            "fault_domain",
            "machine_group",
            "region_pair");

    private TestFleet() {}

    /** No machines, no repairs, and the right time. A table at a time: whoever sweeps meanwhile locks some of them in another order. */
    public static void clear(JdbcClient jdbc) {
        TABLES.forEach(table -> jdbc.sql("truncate " + table).update());
        takeOverClock(jdbc);
    }

    /** Machines {@code m1} and so on of the group prod/web, in turn in the fault domains fd1 and so on. */
    public static void group(JdbcClient jdbc, int machines, int faultDomains) {
        group(jdbc, "prod", "web", "m", machines, faultDomains);
    }

    /** Machines of a group, in turn in the fault domains fd1 and so on. */
    public static void group(
            JdbcClient jdbc, String environment, String function, String prefix, int machines, int faultDomains) {
        jdbc.sql("""
                insert into machine (name, environment, machine_function, fault_domain, region, address)
                select :prefix || i, :environment, :function, 'fd' || (i - 1) % :domains + 1, 'west', 'http://127.0.0.1:1'
                from generate_series(1, :machines) i
                """)
                .param("prefix", prefix)
                .param("environment", environment)
                .param("function", function)
                .param("domains", faultDomains)
                .param("machines", machines)
                .update();
    }

    /** How many machines of prod/web may be unavailable. */
    public static void limit(JdbcClient jdbc, String maxUnavailable) {
        jdbc.sql("""
                insert into machine_group values ('prod', 'web', :limit)
                on conflict (environment, machine_function) do update set max_unavailable = excluded.max_unavailable
                """).param("limit", maxUnavailable).update();
    }

    /** Sets the database's clock so much ahead. */
    public static void setClock(JdbcClient jdbc, Duration ahead) {
        jdbc.sql("update test_clock set ahead = cast(:ahead as interval)")
                .param("ahead", ahead.toString())
                .update();
    }

    private static void takeOverClock(JdbcClient jdbc) {
        jdbc.sql("create table if not exists test_clock (ahead interval not null)")
                .update();
        jdbc.sql("insert into test_clock select interval '0' where not exists (select 1 from test_clock)")
                .update();
        jdbc.sql("create or replace function clock() returns timestamptz language sql stable as "
                        + "'select clock_timestamp() + (select ahead from test_clock)'")
                .update();
        setClock(jdbc, Duration.ZERO);
    }

    /** How many fault domains whose counters are not what a recount gives. */
    public static long wrongCounters(JdbcClient jdbc) {
        return jdbc.sql("""
                select count(*) from (
                    select m.environment, m.machine_function, m.fault_domain,
                           count(*) filter (where (failing_since is not null or crashed is not null) and lost_since is null) as failing,
                           count(*) filter (where lost_since is not null) as lost,
                           count(*) filter (where r.id is not null) as repairing,
                           count(*) filter (where not r.forced) as elective,
                           count(*) filter (where failing_since is not null or lost_since is not null or crashed is not null or r.id is not null) as unavailable
                    from machine m
                    left join machine_state s on s.machine = m.name
                    left join repair r on r.machine = m.name and r.state in ('ACTIVE', 'VERIFYING')
                    group by m.environment, m.machine_function, m.fault_domain
                ) counted
                full join domain_load kept
                    using (environment, machine_function, fault_domain)
                where (coalesce(counted.failing, 0), coalesce(counted.lost, 0), coalesce(counted.repairing, 0),
                       coalesce(counted.elective, 0), coalesce(counted.unavailable, 0))
                    is distinct from
                      (coalesce(kept.failing, 0), coalesce(kept.lost, 0), coalesce(kept.repairing, 0),
                       coalesce(kept.elective, 0), coalesce(kept.unavailable, 0))
                """).query(Long.class).single();
    }
}
