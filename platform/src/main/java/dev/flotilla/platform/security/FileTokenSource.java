package dev.flotilla.platform.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A token in a file, read again every few seconds, so that it can be renewed under a running process. */
public final class FileTokenSource implements TokenSource {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private final Path file;
    private final InstantSource clock;
    private volatile Read last = new Read("", Instant.MIN);

    private record Read(String token, Instant at) {}

    public FileTokenSource(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public String token() {
        Instant now = clock.instant();
        Read read = last;
        if (now.isBefore(read.at) || Duration.between(read.at, now).compareTo(FRESH) > 0) {
            try {
                read = new Read(Files.readString(file).strip(), now);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the token of this process can't be read from " + file.toAbsolutePath()
                                + ": './flotilla up' makes the local ones",
                        e);
            }
            last = read;
        }
        return read.token;
    }
}
