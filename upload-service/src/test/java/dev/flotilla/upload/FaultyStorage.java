package dev.flotilla.upload;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A real storage in which tests can let something happen at the commit or the deletion of certain bytes, once. */
public final class FaultyStorage implements DynamicStorage {
    private final DynamicStorage storage;
    private final Map<String, Fault> beforeCommit = new ConcurrentHashMap<>();
    private final Map<String, Fault> afterCommit = new ConcurrentHashMap<>();
    private final Map<String, Fault> beforeDelete = new ConcurrentHashMap<>();

    private final Map<String, String> keys = new ConcurrentHashMap<>();

    public FaultyStorage(DynamicStorage storage) {
        this.storage = storage;
    }

    /** What happens. */
    public interface Fault {
        void strike() throws IOException;
    }

    public void beforeCommitOf(String text, Fault fault) {
        beforeCommit.put(Digests.sha256(text), fault);
    }

    public void afterCommitOf(String text, Fault fault) {
        afterCommit.put(Digests.sha256(text), fault);
    }

    public void beforeDeleteOf(String text, Fault fault) {
        beforeDelete.put(Digests.sha256(text), fault);
    }

    /** Whether it has these bytes, under the key that they were committed under last. */
    public boolean has(String text) throws IOException {
        Optional<Content> content = open(key(text));
        if (content.isPresent()) {
            content.get().close();
        }
        return content.isPresent();
    }

    /** The key that these bytes were committed under last. */
    public String key(String text) {
        String sha256 = Digests.sha256(text);
        return keys.getOrDefault(sha256, sha256);
    }

    private static void strike(Map<String, Fault> faults, String key) throws IOException {
        Fault fault = faults.remove(sha256(key));
        if (fault != null) {
            fault.strike();
        }
    }

    @Override
    public Writer writer() throws IOException {
        Writer writer = storage.writer();
        return new Writer() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                writer.write(bytes, offset, length);
            }

            @Override
            public Payload finish() throws IOException {
                return writer.finish();
            }

            @Override
            public void commit(String key) throws IOException {
                FaultyStorage.strike(beforeCommit, key);
                writer.commit(key);
                keys.put(sha256(key), key);
                FaultyStorage.strike(afterCommit, key);
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    @Override
    public Optional<Content> open(String key) throws IOException {
        return storage.open(key);
    }

    @Override
    public boolean delete(String key) throws IOException {
        strike(beforeDelete, key);
        return storage.delete(key);
    }

    private static String sha256(String key) {
        return key.substring(0, 64);
    }

    @Override
    public int removeAbandoned(Instant before) throws IOException {
        return storage.removeAbandoned(before);
    }
}
