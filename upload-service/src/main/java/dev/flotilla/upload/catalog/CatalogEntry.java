package dev.flotilla.upload.catalog;

import dev.flotilla.api.upload.Version;

/**
 * A version as the catalog has it.
 *
 * @param seq rises with every version, over all services
 */
public record CatalogEntry(Version version, long seq, State state) {

    /**
     * Only a ready version is visible. One that is being deleted still holds its name and its bytes; one that was deleted, its name,
     * for the same bytes.
     */
    public enum State {
        READY,
        DELETING,
        DELETED
    }
}
