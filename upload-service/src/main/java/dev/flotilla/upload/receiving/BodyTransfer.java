package dev.flotilla.upload.receiving;

import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.io.InputStream;

/** Moves the body of an upload into storage through one buffer. */
final class BodyTransfer {
    private static final int BUFFER = 128 * 1024;

    private BodyTransfer() {}

    /**
     * Copies the whole body.
     *
     * @throws dev.flotilla.platform.problem.ProblemException if it is empty, cut off, or larger than allowed
     * @throws IOException if storage fails
     */
    static void copy(Upload upload, InputStream body, DynamicStorage.Writer writer, long maxSize) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long received = 0;
        int filled;
        do {
            filled = fill(buffer, upload, body, received);
            received += filled;
            if (received > maxSize) {
                throw UploadRefusals.tooLarge(maxSize);
            }
            writer.write(buffer, 0, filled);
        } while (filled == buffer.length);
        if (received < upload.length().orElse(0)) {
            throw UploadRefusals.cutOff(upload, received);
        }
        if (received == 0) {
            throw UploadRefusals.empty();
        }
    }

    /** Fills the buffer, less only at the end of the body: the server hands bytes over in small pieces. */
    private static int fill(byte[] buffer, Upload upload, InputStream body, long receivedBefore) {
        int filled = 0;
        while (filled < buffer.length) {
            int read;
            try {
                read = body.read(buffer, filled, buffer.length - filled);
            } catch (IOException e) {
                throw UploadRefusals.cutOff(upload, receivedBefore + filled);
            }
            if (read < 0) {
                break;
            }
            filled += read;
        }
        return filled;
    }
}
