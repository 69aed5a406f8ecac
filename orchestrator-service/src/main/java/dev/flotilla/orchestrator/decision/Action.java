package dev.flotilla.orchestrator.decision;

import java.time.Instant;

/** What a rollout does now. Every action may be repeated: it says what shall be true after it. */
public sealed interface Action {

    /** An action on one machine. */
    sealed interface OnMachine extends Action permits Send, Fail, Settle, Suspend {
        String machine();

        String orderId();
    }

    /**
     * Writes the order down, then sends it to the agent. An order that was sent before keeps its id and attempt.
     *
     * @param order the record as it shall be, {@link OrderState#PENDING}
     */
    record Send(OrderRecord order) implements OnMachine {
        @Override
        public String machine() {
            return order.machine();
        }

        @Override
        public String orderId() {
            return order.orderId();
        }

        /** True for an order that was sent before. */
        public boolean again() {
            return order.sends() > 1;
        }
    }

    /**
     * Counts the order as a failed attempt.
     *
     * @param failures how many it makes
     * @param retryAt when the next attempt may be made, if there is to be one
     */
    record Fail(String machine, String orderId, int failures, String reason, Instant retryAt) implements OnMachine {}

    /** Notes that the machine runs the version; its failures are forgotten. */
    record Settle(String machine, String orderId) implements OnMachine {}

    /** Notes that the machine was lost while the order was open. */
    record Suspend(String machine, String orderId) implements OnMachine {}

    /** Halts the deployment: all its rollouts. */
    record Halt(String reason) implements Action {}

    /** Tells device-manager that the machine is disrupted no longer. */
    record Close(String machine, String repair, Outcome outcome, String reason) implements Action {}

    /** How a repair ended. */
    enum Outcome {
        DONE,
        /** The machine is left broken. */
        FAILED,
        /** Nothing came of it, and nothing is broken. */
        CANCELLED
    }
}
