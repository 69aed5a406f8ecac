package dev.flotilla.device.topology;

import dev.flotilla.api.device.RegionPair;
import dev.flotilla.platform.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Which regions back each other up. */
@Component
class RegionPairs {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    RegionPairs(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** All pairs, or the one of that name. */
    List<RegionPair> pairs(@Nullable String name) {
        return jdbc.sql("""
                select pair, array_agg(region order by region) as regions
                from region_pair
                where (:name::text is null or pair = :name)
                group by pair
                order by pair
                """)
                .param("name", name)
                .query((row, number) -> new RegionPair(row.getString("pair"), List.of((String[])
                        row.getArray("regions").getArray())))
                .list();
    }

    /** Makes or changes a pair; 409 where another pair has one of the regions. */
    void put(String name, List<String> regions) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("delete from region_pair where pair = :name")
                    .param("name", name)
                    .update();
            int added = jdbc.sql("""
                    insert into region_pair (region, pair)
                    select region, :name from unnest(:regions) as wanted (region) order by region
                    on conflict do nothing
                    """)
                    .param("name", name)
                    .param("regions", regions.toArray(String[]::new))
                    .update();
            if (added < regions.size()) {
                throw ProblemException.conflict(taken(name, regions));
            }
        });
    }

    private String taken(String name, List<String> regions) {
        return "A region is in one pair at most: "
                + regions.stream()
                        .flatMap(region -> other(name, region).stream())
                        .collect(Collectors.joining(", "))
                + ". Delete or change that pair first.";
    }

    private Optional<String> other(String name, String region) {
        return jdbc.sql("select pair from region_pair where region = :region and pair <> :name")
                .param("region", region)
                .param("name", name)
                .query(String.class)
                .optional()
                .map(pair -> "'" + region + "' is in '" + pair + "'");
    }

    void delete(String name) {
        jdbc.sql("delete from region_pair where pair = :name")
                .param("name", name)
                .update();
    }
}
