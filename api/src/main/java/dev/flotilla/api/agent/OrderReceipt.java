package dev.flotilla.api.agent;

import dev.flotilla.api.registry.OrderPhase;

/** The agent has written the order down and will carry it out, whatever happens to the agent. */
public record OrderReceipt(String orderId, OrderPhase phase) {}
