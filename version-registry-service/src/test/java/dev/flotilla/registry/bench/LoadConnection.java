package dev.flotilla.registry.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** One keep-alive connection with one request on its way at most. */
final class LoadConnection {
    static final long UNFINISHED = -1;
    /** The registry is too busy. */
    static final long FAILED = -2;

    private static final String OK = "HTTP/1.1 204";

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Supplier<byte[]> requests;
    private final ByteBuffer response = ByteBuffer.allocate(64 * 1024);
    private ByteBuffer request = ByteBuffer.allocate(0);
    private long due;

    LoadConnection(InetSocketAddress address, Selector selector, Supplier<byte[]> requests) throws IOException {
        this.requests = requests;
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends the next request, whose time counts from then (nanoseconds). */
    void send(long from) throws IOException {
        request = ByteBuffer.wrap(requests.get());
        due = from;
        write();
    }

    /** Writes what the socket takes of the current request. */
    void write() throws IOException {
        channel.write(request);
        key.interestOps(request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Reads what has come; the nanoseconds since the request was due once its answer is whole, {@link #UNFINISHED}, or {@link #FAILED}. */
    long read() throws IOException {
        if (channel.read(response) < 0) {
            throw new IOException("the registry closed a connection");
        }
        int end = response.position();
        if (end < 4 || response.get(end - 1) != '\n' || response.get(end - 3) != '\n') {
            return UNFINISHED;
        }
        long took = System.nanoTime() - due;
        String head = new String(response.array(), 0, Math.min(end, OK.length()), StandardCharsets.US_ASCII);
        response.clear();
        if (head.equals(OK)) {
            return took;
        }
        if (!head.startsWith("HTTP/1.1 5")) {
            throw new IOException("answered: " + new String(response.array(), 0, end, StandardCharsets.UTF_8));
        }
        return FAILED;
    }

    Supplier<byte[]> requests() {
        return requests;
    }

    void close() throws IOException {
        channel.close();
    }
}
