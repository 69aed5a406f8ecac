package dev.flotilla.device.topology;

import dev.flotilla.api.device.Environment;
import dev.flotilla.api.device.MachineFunction;
import dev.flotilla.api.device.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What machines stand in, counted from the counts of the fault domains and never from the machines. */
@Component
class Places {
    private final JdbcClient jdbc;

    Places(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All environments, or the one of that name. */
    List<Environment> environments(@Nullable String name) {
        return jdbc.sql("""
                select environment, min(region) as region, sum(machines)::bigint as machines,
                       count(distinct machine_function)::int as machine_functions
                from fault_domain
                where (:name::text is null or environment = :name)
                group by environment
                order by environment
                """)
                .param("name", name)
                .query((row, number) -> new Environment(
                        row.getString("environment"),
                        row.getString("region"),
                        row.getLong("machines"),
                        row.getInt("machine_functions")))
                .list();
    }

    List<MachineFunction> machineFunctions() {
        return jdbc.sql("""
                select machine_function, sum(machines)::bigint as machines, count(distinct environment)::int as environments
                from fault_domain
                group by machine_function
                order by machine_function
                """)
                .query((row, number) -> new MachineFunction(
                        row.getString("machine_function"), row.getLong("machines"), row.getInt("environments")))
                .list();
    }

    List<Region> regions() {
        return jdbc.sql("""
                select region, coalesce(sum(machines), 0)::bigint as machines, count(distinct environment)::int as environments,
                       min(pair) as pair
                from fault_domain
                full join region_pair using (region)
                group by region
                order by region
                """)
                .query((row, number) -> new Region(
                        row.getString("region"),
                        row.getLong("machines"),
                        row.getInt("environments"),
                        row.getString("pair")))
                .list();
    }
}
