package dev.flotilla.agent.payload;

import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.io.InputStream;

/** Where payloads come from. */
public interface PayloadSource {
    /**
     * Begins to read.
     *
     * @param offset how many bytes are here already; 0 for all
     * @throws FetchException where trying again is of no use: there is no such version, or its bytes are others
     * @throws IOException where trying again may help
     */
    Download open(Wanted wanted, long offset) throws IOException, FetchException;

    /** A payload, by the version that it belongs to. */
    record Wanted(String service, String version, Payload payload) {}

    /**
     * Bytes on their way.
     *
     * @param offset where they begin: what was asked for, or 0 where the source does not serve ranges
     */
    record Download(InputStream bytes, long offset) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
