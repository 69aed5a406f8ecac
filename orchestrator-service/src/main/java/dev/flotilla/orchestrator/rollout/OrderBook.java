package dev.flotilla.orchestrator.rollout;

import static dev.flotilla.orchestrator.rollout.RolloutRows.at;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The orders that rollouts gave. Those of rollouts that this instance has to do with are kept in memory too, under the epoch that they were
 * written with: while the rollout still has it, nobody else has written any.
 */
@Repository
public class OrderBook {
    /**
     * What became of sending an order: its new state, or {@link OrderState#PENDING} with the problem when there was no answer.
     *
     * @param sends which of its sends this came of: it says nothing of a later one, which permits a switch for longer
     */
    public record Outcome(
            String machine,
            String orderId,
            int sends,
            OrderState state,
            @Nullable String problem) {

        private boolean isAbout(OrderRecord order) {
            return order.orderId().equals(orderId) && order.sends() == sends && order.state() == OrderState.PENDING;
        }

        private OrderRecord on(OrderRecord order) {
            return order.with(state, order.failures(), order.nextAt(), problem);
        }
    }

    private static final long MOST = 2_000_000;

    /**
     * The orders as they are in an epoch.
     *
     * @param orders by machine; never changed
     */
    private record Kept(long epoch, Map<String, OrderRecord> orders) {
        /** True where whoever wrote them has nothing to note any more: what became of a send, and what was closed, is noted without a new epoch. */
        private boolean settled() {
            return orders.values().stream()
                    .noneMatch(order -> order.state() == OrderState.PENDING || order.repair() != null);
        }
    }

    private final JdbcClient jdbc;
    private final Cache<String, Kept> kept = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((String rollout, Kept orders) -> 1 + orders.orders().size())
            .build();

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

    /**
     * The same, for the one who drives the rollout; read only where they are not in memory.
     *
     * @param epoch as read before
     */
    public Map<String, OrderRecord> of(String rollout, long epoch) {
        Kept known = kept.getIfPresent(rollout);
        if (known == null || known.epoch() != epoch) {
            known = new Kept(epoch, of(rollout));
            if (known.settled()) {
                kept.put(rollout, known);
            } else {
                kept.invalidate(rollout);
            }
        }
        return known.orders();
    }

    /** The rollout is over: its orders need not be at hand any more. */
    public void putAway(String rollout) {
        kept.invalidate(rollout);
    }

    /**
     * Writes orders down as they shall be, in the caller's transaction.
     *
     * @param epoch the new one, which nobody but the caller has
     * @param now when those that are done are found to be
     */
    void write(Rollout rollout, long epoch, List<OrderRecord> orders, Instant now) {
        write(rollout.id(), orders, now);
        change(
                rollout.id(),
                rollout.epoch(),
                epoch,
                changed -> orders.forEach(order -> changed.put(order.machine(), order)));
    }

    private void change(String rollout, long from, long to, Consumer<Map<String, OrderRecord>> change) {
        kept.asMap().computeIfPresent(rollout, (id, known) -> {
            if (known.epoch() != from) {
                return known;
            }
            Map<String, OrderRecord> changed = new HashMap<>(known.orders());
            change.accept(changed);
            return new Kept(to, changed);
        });
    }

    private void write(String rollout, List<OrderRecord> orders, Instant now) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into machine_order (rollout, machine, attempt, order_id, state, failures, sends, ordered_at, deadline, next_at,
                            mending, out_of_turn, repair, problem, done_at)
                        select :rollout, o.*, case when o.state = 'DONE' then cast(:now as timestamptz) end from unnest(:machines::text[], :attempts::int[], :ids::text[], :states::text[], :failures::int[],
                            :sends::int[], :ordered::timestamptz[], :deadlines::timestamptz[], :next::timestamptz[], :mending::boolean[], :outOfTurn::boolean[],
                            :repairs::text[], :problems::text[])
                            as o (machine, attempt, order_id, state, failures, sends, ordered_at, deadline, next_at, mending, out_of_turn, repair, problem)
                        on conflict (rollout, machine) do update set
                            attempt = excluded.attempt, order_id = excluded.order_id, state = excluded.state, failures = excluded.failures,
                            sends = excluded.sends, ordered_at = excluded.ordered_at, deadline = excluded.deadline, next_at = excluded.next_at,
                            mending = excluded.mending, out_of_turn = excluded.out_of_turn, repair = excluded.repair, problem = excluded.problem,
                            done_at = case when machine_order.order_id = excluded.order_id then coalesce(machine_order.done_at, excluded.done_at)
                                           else excluded.done_at end
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
                .param("outOfTurn", orders.stream().map(OrderRecord::outOfTurn).toArray(Boolean[]::new))
                .param("repairs", texts(orders, OrderRecord::repair))
                .param("problems", texts(orders, OrderRecord::problem))
                .param("now", at(now))
                .update();
    }

    /**
     * Notes that the repairs are closed.
     *
     * @param epoch that of the decision to close them
     */
    public void closed(String rollout, long epoch, List<String> repairs) {
        if (repairs.isEmpty()) {
            return;
        }
        jdbc.sql("update machine_order set repair = null where rollout = :rollout and repair = any(:repairs)")
                .param("rollout", rollout)
                .param("repairs", repairs.toArray(String[]::new))
                .update();
        Set<String> closed = Set.copyOf(repairs);
        change(
                rollout,
                epoch,
                epoch,
                orders -> orders.replaceAll((machine, order) ->
                        order.repair() != null && closed.contains(order.repair()) ? order.withoutRepair() : order));
    }

    /**
     * Notes what became of orders that were sent; of an order that is no longer the latest, or no longer pending, nothing is noted.
     *
     * @param epoch that of the decision to send them
     */
    public void note(String rollout, long epoch, List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update machine_order o set state = n.state, problem = n.problem
                        from unnest(:machines::text[], :ids::text[], :sends::int[], :states::text[], :problems::text[])
                            as n (machine, order_id, sends, state, problem)
                        where o.rollout = :rollout and o.machine = n.machine and o.order_id = n.order_id and o.sends = n.sends
                            and o.state = 'PENDING'
                        """)
                .param("rollout", rollout)
                .param("machines", texts(outcomes, Outcome::machine))
                .param("ids", texts(outcomes, Outcome::orderId))
                .param("sends", outcomes.stream().map(Outcome::sends).toArray(Integer[]::new))
                .param("states", texts(outcomes, outcome -> outcome.state().name()))
                .param("problems", texts(outcomes, Outcome::problem))
                .update();
        change(
                rollout,
                epoch,
                epoch,
                orders -> outcomes.forEach(outcome -> orders.computeIfPresent(
                        outcome.machine(), (machine, order) -> outcome.isAbout(order) ? outcome.on(order) : order)));
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
                row.getBoolean("out_of_turn"),
                row.getString("repair"),
                row.getString("problem"));
    }
}
