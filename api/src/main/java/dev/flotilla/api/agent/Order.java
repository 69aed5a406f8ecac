package dev.flotilla.api.agent;

import dev.flotilla.api.upload.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The instruction to one agent: run this version of this service. It travels signed, see {@link SignedOrder}.
 *
 * <p>For each machine and service, orders are ordered by {@code revision} and then by {@code epoch}. An agent keeps the pair that it has taken up
 * last, across restarts, and refuses (409) an order that it does not know and whose pair is lower; an equal pair is not lower. An order whose
 * id it knows is answered as before, whatever its pair. After a machine has moved to another {@code group} the epoch alone counts: there an older
 * deployment may be the newest. Epochs come from one sequence for the whole fleet and every decision that gives orders
 * takes a new one, but they are compared within one machine and service only: rollouts of different services never stand in each other's way.
 *
 * <p>An order permits a switch only until {@code notAfter}. An agent whose bytes come later keeps them, does not switch, and reports
 * {@link dev.flotilla.api.registry.OrderPhase#FETCHED}; it switches, from the bytes that it has, when an order with an id of its own says so. A
 * switch that began in time is brought to its end. So whatever stops a deployment - a halt, an opt-out, a denial, a newer revision - stops all
 * its switches within the validity of one order, however long the bytes take.
 *
 * @param id the same for every repetition of the order; an agent carries it out once
 * @param payload the bytes that must run, fetched from upload-service and verified
 * @param epoch of the decision behind it: higher than that of every decision made before on the same rollout, by whichever instance
 * @param revision the revision of the deployment behind it; a newer one overrides what an older one ordered, in progress or done
 * @param notAfter until when a switch may begin, by the machine's clock; an order that comes later is refused
 * @param deployment the deployment behind it, for people who read logs
 * @param group the environment and machine function in which the machine was when it was ordered, {@code prod~web}; null where that is not known
 * @param ahead true where the bytes are fetched ahead of time: the order permits no switch at all, and ends as
 *     {@link dev.flotilla.api.registry.OrderPhase#FETCHED}; null is false
 */
public record Order(
        String id,
        String machine,
        String service,
        String version,
        Payload payload,
        long epoch,
        long revision,
        Instant issuedAt,
        Instant notAfter,
        @Nullable String deployment,
        @Nullable String group,
        @Nullable Boolean ahead) {

    /** An order that permits a switch. */
    public Order(
            String id,
            String machine,
            String service,
            String version,
            Payload payload,
            long epoch,
            long revision,
            Instant issuedAt,
            Instant notAfter,
            @Nullable String deployment) {
        this(id, machine, service, version, payload, epoch, revision, issuedAt, notAfter, deployment, null, null);
    }

    /** True while it lets a switch begin. */
    public boolean permitsSwitch(Instant now) {
        return !Boolean.TRUE.equals(ahead) && now.isBefore(notAfter);
    }
}
