package dev.flotilla.upload;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A real storage that tests can disturb just before the commit of certain bytes. */
public final class FaultyStorage implements DynamicStorage {
    private final DynamicStorage storage;
    private final Map<String, Fault> beforeCommit = new ConcurrentHashMap<>();

    public FaultyStorage(DynamicStorage storage) {
        this.storage = storage;
    }

    /** What happens before a commit. */
    public interface Fault {
        void strike() throws IOException;
    }

    public void beforeCommitOf(String text, Fault fault) {
        beforeCommit.put(Digests.sha256(text), fault);
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
                Fault fault = beforeCommit.remove(writer.finish().sha256());
                if (fault != null) {
                    fault.strike();
                }
                writer.commit();
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
        return storage.delete(sha256);
    }

    @Override
    public int removeAbandoned(Instant before) throws IOException {
        return storage.removeAbandoned(before);
    }
}
