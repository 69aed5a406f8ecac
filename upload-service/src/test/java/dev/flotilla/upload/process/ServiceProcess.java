package dev.flotilla.upload.process;

import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestDatabase;
import dev.flotilla.upload.UploadClient;
import dev.flotilla.upload.UploadService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** upload-service in a Java of its own, as in production: it can be given little memory, and be killed. */
final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final String authorization;

    private ServiceProcess(Process process, int port, String authorization) {
        this.process = process;
        this.port = port;
        this.authorization = authorization;
    }

    /** Starts it over a data folder and a database, which outlive it, and waits until it is ready. */
    static ServiceProcess start(Path data, TestDatabase database, List<String> jvm, String... properties) {
        LocalIssuer issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
        String token = issuer.issue("tester", Set.of(Role.OPERATOR), List.of("*"), List.of(), Duration.ofHours(1));
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), UploadService.class.getName()));
        command.addAll(List.of(
                "--server.port=" + port,
                "--flotilla.data=" + data,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password()));
        for (String property : properties) {
            command.add("--" + property);
        }
        try {
            Files.createDirectories(data.resolve("tokens"));
            Files.writeString(data.resolve("tokens/upload-service.token"), token);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(data.resolve("log").toFile()))
                    .start();
            ServiceProcess service = new ServiceProcess(process, port, "Bearer " + token);
            service.awaitReady(data.resolve("log"));
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UploadClient client() {
        return new UploadClient(port, authorization);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    String authorization() {
        return authorization;
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void awaitReady(Path log) throws IOException {
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException("upload-service ended: " + Files.readString(log));
                        }
                        return answers();
                    });
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    private boolean answers() {
        try {
            return client().get("/actuator/health/readiness").statusCode() == 200;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                return false;
            }
            throw e;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
