package dev.flotilla.api.device;

/** How many machines an (environment, machine function) pair has, over how many fault domains. */
public record MachineGroupCount(
        String environment, String machineFunction, String region, long machines, int faultDomains) {}
