package dev.flotilla.api.upload;

import java.time.Instant;

/**
 * One immutable build of a service.
 *
 * @param uploadedBy the subject of the token it was uploaded with
 */
public record Version(String service, String version, Payload payload, Instant uploadedAt, String uploadedBy) {}
