package dev.flotilla.api.device;

/** An environment that has machines. It lies in one region. */
public record Environment(String name, String region, long machines, int machineFunctions) {}
