package dev.flotilla.api.device;

/**
 * How many machines an (environment, machine function) pair has, over how many fault domains.
 *
 * @param revision rises with each change of the group's machines: where it is the same, they are the same
 */
public record MachineGroupCount(
        String environment, String machineFunction, String region, long machines, int faultDomains, long revision) {}
