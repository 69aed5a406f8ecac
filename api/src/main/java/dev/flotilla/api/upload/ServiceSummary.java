package dev.flotilla.api.upload;

import java.time.Instant;

/**
 * A service that has at least one version.
 *
 * @param versions how many versions it has
 * @param latestVersion the version uploaded last
 */
public record ServiceSummary(String service, long versions, String latestVersion, Instant latestUploadedAt) {}
