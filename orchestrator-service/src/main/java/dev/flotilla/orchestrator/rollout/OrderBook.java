package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The orders that rollouts gave. */
@Repository
public class OrderBook {
    /** What became of sending an order: its new state, or {@link OrderState#PENDING} with the problem when there was no answer. */
    public record Outcome(
            String machine,
            String orderId,
            OrderState state,
            @Nullable String problem) {}

    private final JdbcClient jdbc;

    OrderBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest order of each machine that the rollout gave any. */
    public Map<String, OrderRecord> of(String rollout) {
        Map<String, OrderRecord> orders = new HashMap<>();
        jdbc.sql("select * from machine_order where rollout = :rollout")
                .param("rollout", rollout)
                .query(OrderBook::read)
                .list()
                .forEach(order -> orders.put(order.machine(), order));
        return orders;
    }

    /** Writes orders down as they shall be, in the caller's transaction. */
    void write(String rollout, List<OrderRecord> orders) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into machine_order (rollout, machine, attempt, order_id, state, failures, sends, ordered_at, deadline, next_at,
                            mending, repair, problem)
                        select :rollout, * from unnest(:machines::text[], :attempts::int[], :ids::text[], :states::text[], :failures::int[],
                            :sends::int[], :ordered::timestamptz[], :deadlines::timestamptz[], :next::timestamptz[], :mending::boolean[],
                            :repairs::text[], :problems::text[])
                        on conflict (rollout, machine) do update set
                            attempt = excluded.attempt, order_id = excluded.order_id, state = excluded.state, failures = excluded.failures,
                            sends = excluded.sends, ordered_at = excluded.ordered_at, deadline = excluded.deadline, next_at = excluded.next_at,
                            mending = excluded.mending, repair = excluded.repair, problem = excluded.problem
                        """)
                .param("rollout", rollout)
                .param("machines", texts(orders, OrderRecord::machine))
                .param("attempts", orders.stream().map(OrderRecord::attempt).toArray(Integer[]::new))
                .param("ids", texts(orders, OrderRecord::orderId))
                .param("states", texts(orders, order -> order.state().name()))
                .param("failures", orders.stream().map(OrderRecord::failures).toArray(Integer[]::new))
                .param("sends", orders.stream().map(OrderRecord::sends).toArray(Integer[]::new))
                .param("ordered", texts(orders, order -> at(order.orderedAt()).toString()))
                .param("deadlines", texts(orders, order -> at(order.deadline()).toString()))
                .param("next", texts(orders, order -> at(order.nextAt()).toString()))
                .param("mending", orders.stream().map(OrderRecord::mending).toArray(Boolean[]::new))
                .param("repairs", texts(orders, OrderRecord::repair))
                .param("problems", texts(orders, OrderRecord::problem))
                .update();
    }

    /** Notes that the repairs are closed. */
    public void closed(String rollout, List<String> repairs) {
        if (repairs.isEmpty()) {
            return;
        }
        jdbc.sql("update machine_order set repair = null where rollout = :rollout and repair = any(:repairs)")
                .param("rollout", rollout)
                .param("repairs", repairs.toArray(String[]::new))
                .update();
    }

    /** Notes what became of orders that were sent; of an order that is no longer the latest, or no longer pending, nothing is noted. */
    public void note(String rollout, List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update machine_order o set state = n.state, problem = n.problem
                        from unnest(:machines::text[], :ids::text[], :states::text[], :problems::text[]) as n (machine, order_id, state, problem)
                        where o.rollout = :rollout and o.machine = n.machine and o.order_id = n.order_id and o.state = 'PENDING'
                        """)
                .param("rollout", rollout)
                .param("machines", texts(outcomes, Outcome::machine))
                .param("ids", texts(outcomes, Outcome::orderId))
                .param("states", texts(outcomes, outcome -> outcome.state().name()))
                .param("problems", texts(outcomes, Outcome::problem))
                .update();
    }

    private static <T> @Nullable String[] texts(List<T> items, Function<T, @Nullable String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static OrderRecord read(ResultSet row, int number) throws SQLException {
        return new OrderRecord(
                row.getString("machine"),
                row.getInt("attempt"),
                row.getString("order_id"),
                OrderState.valueOf(row.getString("state")),
                row.getInt("failures"),
                row.getInt("sends"),
                row.getTimestamp("ordered_at").toInstant(),
                row.getTimestamp("deadline").toInstant(),
                row.getTimestamp("next_at").toInstant(),
                row.getBoolean("mending"),
                row.getString("repair"),
                row.getString("problem"));
    }
}
