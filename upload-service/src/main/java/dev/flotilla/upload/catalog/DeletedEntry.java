package dev.flotilla.upload.catalog;

import dev.flotilla.api.upload.DeletedVersion;

/**
 * A deleted version as the catalog has it.
 *
 * @param seq that of the version
 */
public record DeletedEntry(DeletedVersion deleted, long seq) {}
