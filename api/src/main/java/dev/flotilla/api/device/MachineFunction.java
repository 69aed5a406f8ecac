package dev.flotilla.api.device;

/** A machine function that has machines. */
public record MachineFunction(String name, long machines, int environments) {}
