package dev.flotilla.orchestrator.act;

import dev.flotilla.api.device.Machine;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.rollout.OrderBook.Outcome;
import dev.flotilla.orchestrator.rollout.Rollout;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends orders, all of one decision at the same time. */
@Component
class OrderSender {
    private static final Logger log = LoggerFactory.getLogger(OrderSender.class);
    private final AgentCalls agents;
    private final OrderSigning signing;
    private final OrderProperties properties;
    private final MeterRegistry meters;

    OrderSender(AgentCalls agents, OrderSigning signing, OrderProperties properties, MeterRegistry meters) {
        this.agents = agents;
        this.signing = signing;
        this.properties = properties;
        this.meters = meters;
    }

    /**
     * Sends orders that are written down and says what became of each. After a word of a newer epoch none is sent any more, and none
     * of a decision that does not stand any more. An agent that begins an answer and does not end it keeps nobody waiting for ever.
     */
    List<Outcome> send(Observation observed, List<Action.Send> orders, long epoch) {
        AtomicBoolean outdated = new AtomicBoolean();
        List<Callable<Outcome>> sendings = orders.stream()
                .<Callable<Outcome>>map(order -> () -> send(observed, order, epoch, outdated))
                .toList();
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> sent =
                    threads.invokeAll(sendings, properties.patience().toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < sent.size(); i++) {
                outcomes.add(outcome(orders.get(i), sent.get(i)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while orders of " + observed.rollout().id() + " were sent", e);
        }
        return outcomes;
    }

    private Outcome outcome(Action.Send send, Future<Outcome> sent) {
        return switch (sent.state()) {
            case SUCCESS -> sent.resultNow();
            case FAILED -> throw new IllegalStateException("order to " + send.machine(), sent.exceptionNow());
            case CANCELLED, RUNNING -> {
                OrderRecord order = send.order();
                String problem = "its agent gave no whole answer within " + properties.patience();
                count("unanswered");
                log.warn("Order {} to {}: {}", order.orderId(), send.machine(), problem);
                yield new Outcome(send.machine(), order.orderId(), order.sends(), OrderState.PENDING, problem);
            }
        };
    }

    private Outcome send(Observation observed, Action.Send send, long epoch, AtomicBoolean outdated) {
        Rollout rollout = observed.rollout();
        OrderRecord order = send.order();
        Machine device = observed.devices().get(send.machine());
        Answer answer = outdated.get() || device == null
                ? new Answer.None("not sent")
                : agents.send(device.address(), send.machine(), () -> signing.sign(observed, order, epoch));
        String what = send.again() ? "sent again" : "sent";
        return switch (answer) {
            case Answer.Accepted accepted -> {
                count(send.again() ? "repeated" : "accepted");
                log.info(
                        "{} {}: order {} to {} {} on {} {} and accepted, attempt {}",
                        rollout.deployment(),
                        rollout.service(),
                        order.orderId(),
                        order.state() == OrderState.AHEAD ? "fetch" : "run",
                        rollout.version(),
                        send.machine(),
                        what,
                        order.attempt());
                yield new Outcome(send.machine(), order.orderId(), order.sends(), OrderState.ACCEPTED, null);
            }
            case Answer.Refused refused -> {
                count("refused");
                log.warn(
                        "{} {}: {} refused order {}: {}",
                        rollout.deployment(),
                        rollout.service(),
                        send.machine(),
                        order.orderId(),
                        refused.reason());
                yield new Outcome(send.machine(), order.orderId(), order.sends(), OrderState.REFUSED, refused.reason());
            }
            case Answer.None none -> {
                count("unanswered");
                log.warn(
                        "{} {}: no answer from {} to order {}: {}",
                        rollout.deployment(),
                        rollout.service(),
                        send.machine(),
                        order.orderId(),
                        none.reason());
                yield new Outcome(send.machine(), order.orderId(), order.sends(), OrderState.PENDING, none.reason());
            }
            case Answer.Stale stale -> {
                count("stale");
                log.warn(
                        "{} {}: order {} is not sent to {}: the decision behind it does not stand any more",
                        rollout.deployment(),
                        rollout.service(),
                        order.orderId(),
                        send.machine());
                yield new Outcome(
                        send.machine(),
                        order.orderId(),
                        order.sends(),
                        OrderState.PENDING,
                        "not sent, decided on again first");
            }
            case Answer.Outdated old -> {
                outdated.set(true);
                count("outdated");
                log.warn(
                        "{} {}: {} knows a newer order than {}: {}",
                        rollout.deployment(),
                        rollout.service(),
                        send.machine(),
                        order.orderId(),
                        old.reason());
                yield new Outcome(send.machine(), order.orderId(), order.sends(), OrderState.PENDING, old.reason());
            }
        };
    }

    private void count(String result) {
        meters.counter("flotilla.orders", "result", result).increment();
    }
}
