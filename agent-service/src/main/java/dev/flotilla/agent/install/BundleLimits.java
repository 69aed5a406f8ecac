package dev.flotilla.agent.install;

/**
 * How much a bundle may unpack to.
 *
 * @param bytes of all files together
 * @param entries files, folders and links
 */
public record BundleLimits(long bytes, int entries) {}
