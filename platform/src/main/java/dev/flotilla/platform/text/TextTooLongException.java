package dev.flotilla.platform.text;

import java.io.IOException;

/** A text has more bytes than its reader takes. */
public final class TextTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long maxBytes;

    TextTooLongException(long maxBytes) {
        super("The text has more than " + maxBytes + " bytes");
        this.maxBytes = maxBytes;
    }

    /** How many bytes there may be. */
    public long maxBytes() {
        return maxBytes;
    }
}
