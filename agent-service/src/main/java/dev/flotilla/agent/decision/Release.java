package dev.flotilla.agent.decision;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.upload.Payload;

/** A version and the bytes that it consists of: what runs is known by both. */
public record Release(String version, Payload payload) {
    public static Release of(Order order) {
        return new Release(order.version(), order.payload());
    }
}
