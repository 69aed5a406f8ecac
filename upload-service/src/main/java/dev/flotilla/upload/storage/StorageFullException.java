package dev.flotilla.upload.storage;

import java.io.IOException;

/** There is no room left for the bytes. Those of others are not affected. */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageFullException(String message, IOException cause) {
        super(message, cause);
    }
}
