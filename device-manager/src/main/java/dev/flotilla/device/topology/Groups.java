package dev.flotilla.device.topology;

import dev.flotilla.api.device.GroupStatus;
import dev.flotilla.api.device.GroupStatus.FaultDomain;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The (environment, machine function) pairs, from the counts of their fault domains. */
@Component
class Groups {
    private record Limit(String region, long machines, String maxUnavailable, long allowed) {}

    private final JdbcClient jdbc;

    Groups(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<GroupStatus> group(String environment, String machineFunction) {
        List<FaultDomain> domains = domains(environment, machineFunction);
        return domains.isEmpty()
                ? Optional.empty()
                : Optional.of(status(environment, machineFunction, limit(environment, machineFunction), domains));
    }

    private static GroupStatus status(
            String environment, String machineFunction, Limit limit, List<FaultDomain> domains) {
        return new GroupStatus(
                environment,
                machineFunction,
                limit.region(),
                limit.machines(),
                limit.maxUnavailable(),
                limit.allowed(),
                domains.stream().mapToLong(FaultDomain::unavailable).sum(),
                domains.stream().mapToLong(FaultDomain::broken).sum(),
                open(domains),
                domains);
    }

    private static @Nullable String open(List<FaultDomain> domains) {
        return domains.stream()
                .filter(domain -> domain.elective() > 0)
                .map(FaultDomain::name)
                .findFirst()
                .orElse(null);
    }

    private Limit limit(String environment, String machineFunction) {
        return jdbc.sql("""
                select f.region, f.machines, l.max_unavailable, amount(l.max_unavailable, f.machines) as allowed
                from (select min(region) as region, coalesce(sum(machines), 0)::bigint as machines
                      from fault_domain where environment = :environment and machine_function = :function) f,
                     (select coalesce(max(max_unavailable), '20%') as max_unavailable
                      from machine_group where environment = :environment and machine_function = :function) l
                """)
                .param("environment", environment)
                .param("function", machineFunction)
                .query((row, number) -> new Limit(
                        row.getString("region"),
                        row.getLong("machines"),
                        row.getString("max_unavailable"),
                        row.getLong("allowed")))
                .single();
    }

    private List<FaultDomain> domains(String environment, String machineFunction) {
        return jdbc.sql("""
                select f.fault_domain, sum(f.machines)::bigint as machines,
                       coalesce(min(d.unavailable), 0) as unavailable, coalesce(min(d.failing + d.lost), 0) as broken,
                       coalesce(min(d.repairing), 0) as repairing, coalesce(min(d.elective), 0) as elective
                from fault_domain f
                left join domain_load d using (environment, machine_function, fault_domain)
                where environment = :environment and machine_function = :function
                group by f.fault_domain
                order by f.fault_domain
                """)
                .param("environment", environment)
                .param("function", machineFunction)
                .query((row, number) -> new FaultDomain(
                        row.getString("fault_domain"),
                        row.getLong("machines"),
                        row.getLong("unavailable"),
                        row.getLong("broken"),
                        row.getLong("repairing"),
                        row.getLong("elective")))
                .list();
    }

    /** Sets how many machines may be unavailable. */
    void putLimit(String environment, String machineFunction, String maxUnavailable) {
        jdbc.sql("""
                insert into machine_group (environment, machine_function, max_unavailable)
                values (:environment, :function, :maxUnavailable)
                on conflict (environment, machine_function) do update set max_unavailable = excluded.max_unavailable
                """)
                .param("environment", environment)
                .param("function", machineFunction)
                .param("maxUnavailable", maxUnavailable)
                .update();
    }
}
