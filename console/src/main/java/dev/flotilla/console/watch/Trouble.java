package dev.flotilla.console.watch;

import java.time.Instant;

/**
 * A service that does not answer the console.
 *
 * @param service its name, such as {@code device-manager}
 * @param since when it failed first
 * @param reason what went wrong, in words for a person
 * @param consequence what the page shows meanwhile
 */
public record Trouble(String service, Instant since, String reason, String consequence) {}
