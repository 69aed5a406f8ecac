package dev.flotilla.api.upload;

import java.time.Instant;

/**
 * A version that was deleted. Its name stays taken: the same bytes may be uploaded under it again, and make it a version again; other bytes
 * never.
 *
 * @param version as it was last
 * @param deletedBy the subject of the token it was deleted with
 */
public record DeletedVersion(Version version, Instant deletedAt, String deletedBy) {}
