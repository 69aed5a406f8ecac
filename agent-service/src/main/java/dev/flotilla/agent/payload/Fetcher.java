package dev.flotilla.agent.payload;

import dev.flotilla.agent.payload.PayloadSource.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets payloads into the store: each digest once at a time, whoever asks for it, a few digests at once. */
public final class Fetcher {
    private static final Logger log = LoggerFactory.getLogger(Fetcher.class);
    private static final int WRONG_BYTES_MOST = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final PayloadStore store;
    private final PayloadSource source;
    private final InstantSource clock;
    private final LongConsumer received;
    private final Duration patience;
    private final Semaphore downloads;
    private final Map<String, CompletableFuture<Path>> flights = new ConcurrentHashMap<>();

    /**
     * How much is tried.
     *
     * @param downloads how many digests are fetched at once
     * @param patience a download that has brought no byte for so long is given up
     */
    public record Limits(int downloads, Duration patience) {}

    /** @param received told how many bytes came in, for the metrics */
    public Fetcher(
            PayloadStore store, PayloadSource source, InstantSource clock, LongConsumer received, Limits limits) {
        this.store = store;
        this.source = source;
        this.clock = clock;
        this.received = received;
        this.patience = limits.patience();
        this.downloads = new Semaphore(limits.downloads(), true);
    }

    /**
     * The payload's file in the store. Failures that may pass are tried again as long as bytes come now and then; after that, or when
     * trying again is of no use, this fails with a {@link FetchException}.
     *
     * @param needed whether anybody still needs a digest: a download that nobody waits for is broken off
     */
    public Path fetch(Wanted wanted, Predicate<String> needed) throws FetchException, InterruptedException {
        Optional<Path> here = store.find(wanted.payload());
        if (here.isPresent()) {
            return here.get();
        }
        String digest = wanted.payload().sha256();
        CompletableFuture<Path> own = new CompletableFuture<>();
        CompletableFuture<Path> flight = flights.computeIfAbsent(digest, none -> own);
        if (flight == own) {
            Thread.ofVirtual().name("fetch-" + digest).start(() -> fly(wanted, own, needed));
        }
        try {
            return flight.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FetchException failure
                    ? new FetchException(String.valueOf(failure.getMessage()), failure.forGood())
                    : new FetchException(String.valueOf(e.getCause()), false);
        }
    }

    /** However it ends, whoever waits for it hears of it. */
    private void fly(Wanted wanted, CompletableFuture<Path> flight, Predicate<String> needed) {
        Runnable landing = () -> {};
        try {
            downloads.acquire();
            try {
                Path file = download(wanted, needed);
                landing = () -> flight.complete(file);
            } finally {
                downloads.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            landing = () -> flight.completeExceptionally(new FetchException("the agent stops", false));
        } catch (FetchException e) {
            landing = () -> flight.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            log.error("fetching {} {} failed for a reason of our own", wanted.service(), wanted.version(), e);
            landing = () -> flight.completeExceptionally(e);
        } finally {
            // first leave the table: whoever comes now begins anew
            flights.remove(wanted.payload().sha256(), flight);
            landing.run();
        }
    }

    private Path download(Wanted wanted, Predicate<String> needed) throws FetchException, InterruptedException {
        String digest = wanted.payload().sha256();
        Duration pause = FIRST_PAUSE;
        Instant giveUp = clock.instant().plus(patience);
        int wrong = 0;
        while (true) {
            Optional<Path> here = store.find(wanted.payload());
            if (here.isPresent()) {
                return here.get();
            }
            long[] came = {0};
            IOException failure;
            try {
                Path part = store.part(digest);
                new PartialFile(part, wanted)
                        .complete(
                                source,
                                bytes -> {
                                    came[0] += bytes;
                                    received.accept(bytes);
                                },
                                () -> needed.test(digest));
                Path file = store.take(part, digest);
                log.info(
                        "fetched {} {}: {} bytes",
                        wanted.service(),
                        wanted.version(),
                        wanted.payload().size());
                return file;
            } catch (PartialFile.WrongBytes e) {
                failure = e;
                wrong++;
            } catch (IOException e) {
                failure = e;
                pause = came[0] > 0 ? FIRST_PAUSE : pause;
            }
            giveUp = came[0] > 0 ? clock.instant().plus(patience) : giveUp;
            if (wrong >= WRONG_BYTES_MOST) {
                throw new FetchException(failure.getMessage() + ", " + wrong + " times", true);
            }
            if (clock.instant().isAfter(giveUp)) {
                throw new FetchException(
                        "it could not be fetched, no byte of it came for " + patience + ": " + describe(failure),
                        false);
            }
            if (!needed.test(digest)) {
                throw new FetchException("nobody needs it any more", true);
            }
            log.warn("fetching {} {} failed, trying again: {}", wanted.service(), wanted.version(), describe(failure));
            Thread.sleep(pause.multipliedBy(ThreadLocalRandom.current().nextInt(75, 126))
                    .dividedBy(100));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private static String describe(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
