package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Health;
import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.process.Exit;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a supervised service hears of. */
sealed interface Event {
    /** An order came in; its receipt is completed once it is on disk, or fails with {@link OrderRefusedException}. */
    record Ordered(Order order, CompletableFuture<OrderReceipt> receipt) implements Event {}

    /**
     * The bytes of a release are here, or can't be had.
     *
     * @param order the id of the order that they are for; null where the files of the current release were put right
     * @param failure null where all went well
     */
    record Obtained(
            Release release,
            @Nullable String order,
            @Nullable String failure) implements Event {}

    /** A process and its group are gone. */
    record Ended(Run run, Exit exit) implements Event {}

    record HealthSeen(Run run, Health health) implements Event {}

    /** The agent ends. */
    record Closed(boolean stopService) implements Event {}
}
