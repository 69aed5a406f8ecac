package dev.flotilla.device.repair;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records leases that ran out, and forgets repairs that ended long ago. The rules don't wait for it. */
@Component
class Expiry {
    private static final Logger log = LoggerFactory.getLogger(Expiry.class);
    private static final int GROUPS = 100;
    private static final int FORGOTTEN = 5_000;

    private record Group(String environment, String machineFunction) {}

    private final JdbcClient jdbc;
    private final RepairProperties properties;
    private final MeterRegistry metrics;

    Expiry(JdbcClient jdbc, RepairProperties properties, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.metrics = metrics;
    }

    /** Does a part of what there is to do; says how long to pause. */
    Duration sweep() {
        List<Group> groups = jdbc.sql("""
                select distinct environment, machine_function
                from repair
                where state in ('ACTIVE', 'VERIFYING') and lease_end <= clock()
                limit :groups
                """)
                .param("groups", GROUPS)
                .query((row, number) -> new Group(row.getString(1), row.getString(2)))
                .list();
        groups.forEach(this::expire);
        int forgotten = forget();
        return groups.size() == GROUPS || forgotten == FORGOTTEN ? Duration.ZERO : properties.sweep();
    }

    private void expire(Group group) {
        int expired = jdbc.sql("select expire_group(:environment, :function)")
                .param("environment", group.environment())
                .param("function", group.machineFunction())
                .query(Integer.class)
                .single();
        if (expired > 0) {
            metrics.counter("flotilla.repairs.ended", "state", "EXPIRED").increment(expired);
            log.warn(
                    "{} repairs in {}/{} expired: their holders did not renew them",
                    expired,
                    group.environment(),
                    group.machineFunction());
        }
    }

    /** The oldest are looked at and no others, so that nothing is searched for. */
    private int forget() {
        return jdbc.sql("""
                delete from repair
                where id in (select id from (select id, ended_at from repair order by id limit :most) oldest
                             where ended_at < clock() - cast(:keep as interval))
                """)
                .param("most", FORGOTTEN)
                .param("keep", properties.keep().toString())
                .update();
    }
}
