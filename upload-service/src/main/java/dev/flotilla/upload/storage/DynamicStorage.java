package dev.flotilla.upload.storage;

import dev.flotilla.api.upload.Payload;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps payloads by their content: a key is the SHA-256 of the bytes, written as 64 lower-case hexadecimal digits, with perhaps a dot and
 * a number that tells copies of the same bytes apart. What is there is whole: bytes appear all at once with {@link Writer#commit}, and then
 * survive the loss of power. Memory use does not depend on the size of a payload. Safe for use by many threads, and by many processes over
 * the same store.
 */
public interface DynamicStorage {
    /** Begins to take in bytes. Close the writer in any case: without a commit nothing of it remains. */
    Writer writer() throws IOException;

    /** The content under this key, to be closed after use; empty where there is none. */
    Optional<Content> open(String key) throws IOException;

    /** Removes the content under this key. False where there was none. */
    boolean delete(String key) throws IOException;

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
         * Makes the finished bytes durable and visible, in the place of what was there under the key: that is the same, or damaged. Who
         * reads it meanwhile reads on. When it returns they survive anything but the loss of the store itself.
         *
         * @param key one of these bytes
         * @throws StorageFullException if the bytes don't fit
         */
        void commit(String key) throws IOException;

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
