package dev.flotilla.upload.serving;

import java.io.IOException;

/** Stored bytes are not those that were uploaded. */
final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException() {
        super("the stored bytes don't have their SHA-256");
    }
}
