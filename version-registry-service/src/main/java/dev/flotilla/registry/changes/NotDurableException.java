package dev.flotilla.registry.changes;

import org.jspecify.annotations.Nullable;

/** A report could not be made durable; its sender should say it again. */
public final class NotDurableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotDurableException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
