package dev.flotilla.agent.probe;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The answer to one question.
 *
 * @param detail what was wrong, for a person
 */
record Answer(boolean healthy, String detail) {
    private static final int OK = 200;
    private static final int NOT_OK = 400;

    static Answer to(Probe.Check check, Duration timeout, Path directory, Map<String, String> environment)
            throws InterruptedException {
        try {
            return switch (check) {
                case Probe.Exec exec -> exec(exec, timeout, directory, environment);
                case Probe.Http http -> http(http, timeout);
                case Probe.Tcp tcp -> tcp(tcp, timeout);
            };
        } catch (IOException e) {
            return new Answer(false, what(check) + " failed: " + e.getMessage());
        }
    }

    private static Answer http(Probe.Http http, Duration timeout) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) http.address().toURL().openConnection(Proxy.NO_PROXY);
        try {
            connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            return new Answer(status >= OK && status < NOT_OK, what(http) + " was answered with status " + status);
        } finally {
            connection.disconnect();
        }
    }

    private static Answer tcp(Probe.Tcp tcp, Duration timeout) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(tcp.host(), tcp.port()), Math.toIntExact(timeout.toMillis()));
            return new Answer(true, "");
        }
    }

    private static Answer exec(Probe.Exec exec, Duration timeout, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(exec.command());
        Path inside = directory.resolve(command.getFirst());
        if (Files.isExecutable(inside)) {
            command.set(0, inside.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Answer(false, what(exec) + " gave no answer within " + timeout);
            }
            return new Answer(process.exitValue() == 0, what(exec) + " ended with exit code " + process.exitValue());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String what(Probe.Check check) {
        return switch (check) {
            case Probe.Exec(List<String> command) -> "the probe '" + String.join(" ", command) + "'";
            case Probe.Http(java.net.URI address) -> "the probe of " + address;
            case Probe.Tcp(String host, int port) -> "the probe of " + host + ":" + port;
        };
    }
}
