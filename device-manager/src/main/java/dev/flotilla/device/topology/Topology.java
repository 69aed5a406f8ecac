package dev.flotilla.device.topology;

import dev.flotilla.api.Names;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineGroupCount;
import dev.flotilla.api.device.MachineLookup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers questions about machines. */
@Component
class Topology {
    private static final String COLUMNS = "name, environment, machine_function, fault_domain, region, address, tenant";

    private final JdbcClient jdbc;

    Topology(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Up to {@code limit} machines by name, beginning after the given one; the empty name comes before all. */
    List<Machine> machines(MachineFilter filter, String after, int limit) {
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " from machine where name > :after");
        filter.columns()
                .keySet()
                .forEach(column ->
                        sql.append(" and ").append(column).append(" = :").append(column));
        sql.append(" order by name limit :limit");
        return jdbc.sql(sql.toString())
                .param("after", after)
                .param("limit", limit)
                .params(filter.columns())
                .query(Topology::machine)
                .list();
    }

    Optional<Machine> machine(String name) {
        return jdbc.sql("select " + COLUMNS + " from machine where name = :name")
                .param("name", name)
                .query(Topology::machine)
                .optional();
    }

    /** Which of these machines exist. A name asked twice is answered once. */
    MachineLookup lookup(List<String> names) {
        Set<String> asked = new LinkedHashSet<>(names);
        Map<String, Machine> known = new HashMap<>();
        jdbc.sql("select " + COLUMNS + " from machine where name = any(:names)")
                .param("names", asked.stream().filter(Names::isPlace).toArray(String[]::new))
                .query(Topology::machine)
                .list()
                .forEach(machine -> known.put(machine.name(), machine));
        List<Machine> machines = new ArrayList<>(known.size());
        List<String> unknown = new ArrayList<>();
        for (String name : asked) {
            Machine machine = known.get(name);
            if (machine == null) {
                unknown.add(name);
            } else {
                machines.add(machine);
            }
        }
        return new MachineLookup(machines, unknown);
    }

    List<MachineGroupCount> groups() {
        return jdbc.sql("""
                select environment, machine_function, min(region) as region,
                       sum(machines)::bigint as machines, count(distinct fault_domain)::int as fault_domains,
                       max(revision) as revision
                from fault_domain
                group by environment, machine_function
                order by environment, machine_function
                """)
                .query((row, number) -> new MachineGroupCount(
                        row.getString("environment"),
                        row.getString("machine_function"),
                        row.getString("region"),
                        row.getLong("machines"),
                        row.getInt("fault_domains"),
                        row.getLong("revision")))
                .list();
    }

    private static Machine machine(ResultSet row, int number) throws SQLException {
        return new Machine(
                row.getString("name"),
                row.getString("environment"),
                row.getString("machine_function"),
                row.getString("fault_domain"),
                row.getString("region"),
                row.getString("address"),
                row.getString("tenant"));
    }
}
