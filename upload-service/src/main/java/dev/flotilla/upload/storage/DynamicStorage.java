package dev.flotilla.upload.storage;

import dev.flotilla.api.upload.Payload;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps payloads by their content: the key of some bytes is their SHA-256, written as 64 lower-case hexadecimal digits. Identical bytes
 * are kept once, however often and however concurrently they are written. What is there is whole: bytes appear all at once with
 * {@link Writer#commit()}, and then survive the loss of power. Memory use does not depend on the size of a payload. Safe for use by many
 * threads, and by many processes over the same store.
 */
public interface DynamicStorage {

    /** Begins to take in bytes. Close the writer in any case: without a commit nothing of it remains. */
    Writer writer() throws IOException;

    /** The content of this digest, to be closed after use; empty where there is none. */
    Optional<Content> open(String sha256) throws IOException;

    /** Whether it has these bytes, in their full length. */
    default boolean has(Payload payload) throws IOException {
        Optional<Content> content = open(payload.sha256());
        if (content.isEmpty()) {
            return false;
        }
        try (Content found = content.get()) {
            return found.size() == payload.size();
        }
    }

    /** Removes the content of this digest. False where there was none. */
    boolean delete(String sha256) throws IOException;

    /**
     * Removes what writers left behind that were neither committed nor closed (their process died) and wrote last before the given time.
     * Answers how many there were.
     */
    int removeAbandoned(Instant before) throws IOException;

    /** Takes in the bytes of one payload: any number of writes, then {@code finish}, then perhaps {@code commit}. For one thread. */
    interface Writer extends Closeable {
        /** @throws StorageFullException if the bytes don't fit any more */
        void write(byte[] bytes, int offset, int length) throws IOException;

        /** All bytes were written: answers what they are. Nothing can be written after it. */
        Payload finish() throws IOException;

        /**
         * Makes the finished bytes durable and visible, if they are not there yet in their full length. When it returns they survive
         * anything but the loss of the store itself.
         *
         * @throws StorageFullException if the bytes don't fit
         */
        void commit() throws IOException;

        /** Forgets the bytes, unless they were committed. */
        @Override
        void close() throws IOException;
    }

    /** Stored bytes, open for reading. */
    interface Content extends Closeable {
        long size();

        /** Copies a range of the bytes, which must lie within the content. */
        void copyTo(OutputStream out, long position, long length) throws IOException;
    }
}
