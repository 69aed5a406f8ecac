package dev.flotilla.registry.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Requests over several connections at once, driven by one thread. */
final class Load {
    private final InetSocketAddress address;
    private final List<Supplier<byte[]>> connections;
    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();

    /** @param connections where each connection gets its requests from */
    Load(InetSocketAddress address, List<? extends Supplier<byte[]>> connections) {
        this.address = address;
        this.connections = List.copyOf(connections);
    }

    /** Runs for this long, each connection sending its next request as soon as the one before is answered. */
    Result run(Duration time) throws IOException {
        return run(time, Double.POSITIVE_INFINITY);
    }

    /**
     * Runs for this long.
     *
     * @param perSecond how many requests to send; a request's time counts from when it was due, not from when a connection was free
     */
    Result run(Duration time, double perSecond) throws IOException {
        try (Selector selector = Selector.open()) {
            long start = System.nanoTime();
            for (Supplier<byte[]> requests : connections) {
                idle.add(new LoadConnection(address, selector, requests));
            }
            Latencies latencies = new Latencies();
            long end = start + time.toNanos();
            long sent = 0;
            for (long now = start; now < end; now = System.nanoTime()) {
                long due = start + (long) (sent / perSecond * 1e9);
                while (due <= now && !idle.isEmpty()) {
                    idle.remove().send(perSecond == Double.POSITIVE_INFINITY ? now : due);
                    sent++;
                    due = start + (long) (sent / perSecond * 1e9);
                }
                if (due > now && !idle.isEmpty()) {
                    selector.select(Math.max(1, (due - now) / 1_000_000));
                } else {
                    selector.select(1000);
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key, latencies);
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            idle.clear();
            return latencies.result((System.nanoTime() - start) / 1e9);
        }
    }

    private void serve(SelectionKey key, Latencies latencies) throws IOException {
        LoadConnection connection = (LoadConnection) key.attachment();
        if (key.isWritable()) {
            connection.write();
        }
        long took = key.isReadable() ? connection.read() : LoadConnection.UNFINISHED;
        if (took == LoadConnection.FAILED) {
            latencies.failed++;
            connection.close();
            idle.add(new LoadConnection(address, key.selector(), connection.requests()));
        } else if (took != LoadConnection.UNFINISHED) {
            latencies.add(took);
            idle.add(connection);
        }
    }

    /** What came of it. Times are milliseconds. */
    record Result(long requests, long failed, double requestsPerSecond, double p50, double p99, double longest) {
        String inWords(int reportsPerRequest) {
            return String.format(
                    Locale.ROOT,
                    "%,10.0f reports/s   p50 %6.1f ms   p99 %6.1f ms   max %6.1f ms   failed %d",
                    requestsPerSecond * reportsPerRequest,
                    p50,
                    p99,
                    longest,
                    failed);
        }
    }

    private static final class Latencies {
        private long[] nanos = new long[1 << 16];
        private int count;
        private int failed;

        void add(long took) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = took;
        }

        Result result(double seconds) {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return new Result(count, failed, count / seconds, at(sorted, 0.50), at(sorted, 0.99), at(sorted, 1));
        }

        private static double at(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
        }
    }
}
