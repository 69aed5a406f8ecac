package dev.flotilla.console.machine;

import org.jspecify.annotations.Nullable;

/**
 * The last lines of a service on a machine.
 *
 * @param message why there are none; null where there are
 */
public record LogView(String service, String text, @Nullable String message) {}
