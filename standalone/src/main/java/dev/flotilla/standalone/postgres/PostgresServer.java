package dev.flotilla.standalone.postgres;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A running server that belongs to this process and ends with it. */
public final class PostgresServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** Its length, 8, and the code 80877103. */
    private static final long SSL_REQUEST = 8L << 32 | 80_877_103;

    private final PostgresCluster cluster;
    private final Process process;
    private final int port;

    private PostgresServer(PostgresCluster cluster, Process process, int port) {
        this.cluster = cluster;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server on a free port and waits until it takes connections. One that still runs on the same data folder is stopped
     * first.
     *
     * @param log where its output is appended
     */
    public static PostgresServer start(PostgresCluster cluster, Path log) throws IOException, InterruptedException {
        cluster.initialize();
        cluster.stopLeftover(STOP_LIMIT);
        Files.createDirectories(log.toAbsolutePath().getParent());
        int port = freePort();
        Process process = new ProcessBuilder(cluster.command(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        PostgresServer server = new PostgresServer(cluster, process, port);
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!cluster.ready(process.pid())) {
            if (!process.isAlive() || System.nanoTime() > end) {
                server.close();
                throw new IOException("PostgreSQL did not start; see " + log);
            }
            Thread.sleep(20);
        }
        return server;
    }

    /** A port of loopback that nothing listens on just now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Whether a server on this port of loopback answers: it is asked whether it speaks TLS (SSLRequest in the PostgreSQL protocol, section
     * "Message Formats"), which it says before anything else and to everybody.
     */
    public static boolean answers(int port, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeLong(SSL_REQUEST);
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    public String jdbcUrl() {
        return cluster.jdbcUrl(port);
    }

    public String password() {
        return cluster.password();
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        PostgresCluster.stop(process.toHandle(), STOP_LIMIT);
    }
}
