package dev.flotilla.api.device;

/** What an import did. All of it or nothing is done. */
public record ImportResult(int added, int changed, int unchanged) {}
