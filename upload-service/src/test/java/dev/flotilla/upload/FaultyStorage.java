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

    private static void strike(Map<String, Fault> faults, String sha256) throws IOException {
        Fault fault = faults.remove(sha256);
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
            public void commit() throws IOException {
                String sha256 = writer.finish().sha256();
                FaultyStorage.strike(beforeCommit, sha256);
                writer.commit();
                FaultyStorage.strike(afterCommit, sha256);
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    @Override
    public Optional<Content> open(String sha256) throws IOException {
        return storage.open(sha256);
    }

    @Override
    public boolean delete(String sha256) throws IOException {
        strike(beforeDelete, sha256);
        return storage.delete(sha256);
    }

    @Override
    public int removeAbandoned(Instant before) throws IOException {
        return storage.removeAbandoned(before);
    }
}
