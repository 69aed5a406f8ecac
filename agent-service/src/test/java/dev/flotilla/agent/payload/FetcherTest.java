package dev.flotilla.agent.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flotilla.agent.payload.PayloadSource.Wanted;
import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads from a real HTTP server that does not always do what it should. */
class FetcherTest {
    private static final int SIZE = 1_000_000;

    @FunctionalInterface
    private interface Answers {
        void answer(HttpExchange exchange, int request, int from) throws IOException;
    }

    @TempDir
    Path folder;

    private final List<String> ranges = new ArrayList<>();
    private final AtomicLong received = new AtomicLong();
    private byte[] bytes;
    private Wanted wanted;
    private HttpServer server;
    private PayloadStore store;
    private Fetcher fetcher;
    private volatile Answers answers = this::whole;

    @BeforeEach
    void begin() throws Exception {
        bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        wanted = new Wanted("hello", "1.0.0+build", new Payload(digest, SIZE));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        store = new PayloadStore(folder.resolve("payloads"));
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        fetcher = new Fetcher(
                store,
                new HttpPayloadSource(base, () -> "secret", Duration.ofMillis(500)),
                InstantSource.system(),
                received::addAndGet,
                new Fetcher.Limits(2, Duration.ofMillis(800)));
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void aPayloadIsFetchedVerifiedAndKept() throws Exception {
        Path file = fetch();

        assertThat(file).hasBinaryContent(bytes).hasFileName(wanted.payload().sha256());
        assertThat(Files.isExecutable(file)).isTrue();
        assertThat(store.find(wanted.payload())).contains(file);
        assertThat(received).hasValue(SIZE);
        assertThat(fetch()).isEqualTo(file);
        assertThat(ranges).containsExactly("none");
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItStopped() throws Exception {
        answers = (exchange, request, from) -> {
            if (request == 0) {
                exchange.sendResponseHeaders(200, SIZE);
                exchange.getResponseBody().write(bytes, 0, 600_000);
                exchange.getResponseBody().flush();
                throw new IOException("the cable was cut");
            }
            part(exchange, from);
        };

        assertThat(fetch()).hasBinaryContent(bytes);

        assertThat(ranges).hasSize(2);
        assertThat(ranges.get(1)).matches("bytes=[1-9]\\d+-");
        assertThat(received.get()).isEqualTo(SIZE);
    }

    @Test
    void aDownloadThatStandsStillGoesOnToo() throws Exception {
        answers = (exchange, request, from) -> {
            if (request == 0) {
                exchange.sendResponseHeaders(200, SIZE);
                exchange.getResponseBody().write(bytes, 0, 300_000);
                exchange.getResponseBody().flush();
                sleep(2_000);
            } else {
                part(exchange, from);
            }
        };

        assertThat(fetch()).hasBinaryContent(bytes);
        assertThat(ranges).hasSize(2);
    }

    @Test
    void whatAnEarlierRunOfTheAgentHadIsNotFetchedAgain() throws Exception {
        Files.write(store.part(wanted.payload().sha256()), java.util.Arrays.copyOf(bytes, 900_000));
        answers = (exchange, request, from) -> part(exchange, from);

        assertThat(fetch()).hasBinaryContent(bytes);

        assertThat(ranges).containsExactly("bytes=900000-");
        assertThat(received).hasValue(100_000);
    }

    @Test
    void aServerThatKnowsNoRangesIsFollowedFromTheStart() throws Exception {
        Files.write(store.part(wanted.payload().sha256()), java.util.Arrays.copyOf(bytes, 900_000));

        assertThat(fetch()).hasBinaryContent(bytes);
        assertThat(received).hasValue(SIZE);
    }

    @Test
    void wrongBytesAreThrownAwayAndFetchedAgain() throws Exception {
        answers = (exchange, request, from) -> {
            if (request == 0) {
                byte[] wrong = bytes.clone();
                wrong[500_000]++;
                exchange.sendResponseHeaders(200, SIZE);
                exchange.getResponseBody().write(wrong);
            } else {
                whole(exchange, request, from);
            }
        };

        assertThat(fetch()).hasBinaryContent(bytes);
        assertThat(ranges).containsExactly("none", "none");
    }

    @Test
    void bytesThatStayWrongAreGivenUp() {
        answers = (exchange, request, from) -> {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(new byte[SIZE]);
        };

        assertThatThrownBy(this::fetch)
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("SHA-256 differs, 3 times");
        assertThat(store.find(wanted.payload())).isEmpty();
    }

    @Test
    void endlessBytesAreGivenUp() {
        answers = (exchange, request, from) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(bytes);
            }
        };

        assertThatThrownBy(this::fetch).hasMessageContaining("more bytes came than the " + SIZE);
        assertThat(received.get()).isLessThan(6L * SIZE);
    }

    @Test
    void aVersionThatIsNotThereIsGivenUpAtOnce() {
        answers = (exchange, request, from) -> exchange.sendResponseHeaders(404, -1);

        assertThatThrownBy(this::fetch).hasMessageContaining("upload-service does not have it");
        assertThat(ranges).hasSize(1);
    }

    @Test
    void aServerThatFaltersIsAskedAgainUntilPatienceEnds() throws Exception {
        answers = (exchange, request, from) -> {
            if (request < 2) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                whole(exchange, request, from);
            }
        };
        assertThat(fetch()).hasBinaryContent(bytes);

        store.discard(wanted.payload());
        answers = (exchange, request, from) -> exchange.sendResponseHeaders(500, -1);
        assertThatThrownBy(this::fetch)
                .hasMessageContaining("could not be fetched, no byte of it came for PT0.8S")
                .hasMessageContaining("status 500");
    }

    @Test
    void aPayloadIsFetchedOnceHoweverManyMachinesWantIt() throws Exception {
        answers = (exchange, request, from) -> {
            sleep(200);
            whole(exchange, request, from);
        };
        List<CompletableFuture<Path>> machines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Path> machine = new CompletableFuture<>();
            machines.add(machine);
            Thread.ofVirtual().start(() -> {
                try {
                    machine.complete(fetch());
                } catch (Exception e) {
                    machine.completeExceptionally(e);
                }
            });
        }

        for (CompletableFuture<Path> machine : machines) {
            assertThat(machine.get()).exists();
        }
        assertThat(ranges).containsExactly("none");
    }

    @Test
    void whatNobodyNeedsAnyMoreIsBrokenOff() {
        answers = (exchange, request, from) -> exchange.sendResponseHeaders(503, -1);

        assertThatThrownBy(() -> fetcher.fetch(wanted, digest -> false))
                .hasMessageContaining("nobody needs it any more");
    }

    @Test
    void whoWaitsForADownloadHearsOfItWhateverGoesWrong() {
        Fetcher broken = new Fetcher(
                store,
                (payload, offset) -> {
                    throw new StackOverflowError("too deep");
                },
                InstantSource.system(),
                received::addAndGet,
                new Fetcher.Limits(2, Duration.ofMillis(800)));

        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> broken.fetch(wanted, digest -> true))
                        .isInstanceOf(FetchException.class)
                        .hasMessageContaining("too deep"));
    }

    @Test
    void cleaningKeepsWhatIsNeeded() throws Exception {
        Path file = fetch();
        assertThat(store.clean(() -> java.util.Set.of(wanted.payload().sha256())))
                .isZero();
        assertThat(store.clean(java.util.Set::of)).isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    private Path fetch() throws FetchException, InterruptedException {
        return fetcher.fetch(wanted, digest -> true);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            assertThat(exchange.getRequestURI().getRawPath())
                    .isEqualTo("/v1/services/hello/versions/1.0.0%2Bbuild/payload");
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer secret");
            String range = exchange.getRequestHeaders().getFirst("Range");
            int request;
            synchronized (ranges) {
                request = ranges.size();
                ranges.add(range == null ? "none" : range);
            }
            int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            answers.answer(exchange, request, from);
        }
    }

    private void whole(HttpExchange exchange, int request, int from) throws IOException {
        exchange.sendResponseHeaders(200, SIZE);
        exchange.getResponseBody().write(bytes);
    }

    private void part(HttpExchange exchange, int from) throws IOException {
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
        exchange.sendResponseHeaders(206, SIZE - from);
        exchange.getResponseBody().write(bytes, from, SIZE - from);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
