package dev.flotilla.device.repair;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairDetail;
import dev.flotilla.api.device.RepairDetail.Transition;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.platform.paging.Cursors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers questions about repairs. */
@Component
class Repairs {
    /** Which repairs are wanted; null for all. */
    record Filter(
            @Nullable String machine,
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable RepairState state,
            @Nullable RepairKind kind) {}

    /** Spelt out as the index of it does, or it is not used. */
    private static final String EXPIRED_WORK = "kind <> 'DEPLOY'";

    private static final String EARLIER =
            " and (lease_end, id) < ((select l.lease_end from repair l where l.id = :before), :before)";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Repairs(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<RepairDetail> repair(long id) {
        return details(new Long[] {id}).values().stream().findFirst();
    }

    /** Those of these repairs that exist. */
    Map<Long, RepairDetail> details(Long[] ids) {
        return jdbc
                .sql("select * from repair_now where id = any(:ids)")
                .param("ids", ids)
                .query((row, number) -> {
                    List<Transition> history = RepairRows.history(row, json);
                    return new RepairDetail(RepairRows.repair(row, number), history);
                })
                .list()
                .stream()
                .collect(Collectors.toMap(
                        detail -> RepairIds.number(detail.repair().id()), Function.identity()));
    }

    /** The newest first; expired reboots and repaves by when they expired, which is when their lease ended. */
    Page<Repair> page(Filter filter, int limit, @Nullable String cursor) {
        boolean expiredWork =
                filter.state() == RepairState.EXPIRED && filter.kind() != null && filter.kind() != RepairKind.DEPLOY;
        StringBuilder sql = new StringBuilder("select * from repair_now where ")
                .append(!expiredWork ? "id < :before" : cursor == null ? EXPIRED_WORK : EXPIRED_WORK + EARLIER);
        Map<String, String> wanted = new HashMap<>();
        want(wanted, sql, "machine", filter.machine());
        want(wanted, sql, "environment", filter.environment());
        want(wanted, sql, "machine_function", filter.machineFunction());
        want(wanted, sql, "kind", filter.kind() == null ? null : filter.kind().name());
        if (filter.state() != null) {
            want(wanted, sql, "state", filter.state().name());
            // What is recorded has an index.
            sql.append(
                    filter.state() == RepairState.EXPIRED
                            ? " and recorded in ('EXPIRED', 'ACTIVE', 'VERIFYING')"
                            : " and recorded = :state");
        }
        List<Repair> found = jdbc.sql(
                        sql.append(expiredWork ? " order by lease_end desc, id desc" : " order by id desc")
                                .append(" limit :limit")
                                .toString())
                .param("before", cursor == null ? Long.MAX_VALUE : Cursors.decodeNumber(cursor))
                .param("limit", limit + 1)
                .params(wanted)
                .query(RepairRows::repair)
                .list();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<Repair> page = found.subList(0, limit);
        return new Page<>(
                page,
                Cursors.encode(Long.toString(RepairIds.number(page.getLast().id()))));
    }

    private static void want(Map<String, String> wanted, StringBuilder sql, String column, @Nullable String value) {
        if (value != null) {
            wanted.put(column, value);
            sql.append(" and ").append(column).append(" = :").append(column);
        }
    }
}
