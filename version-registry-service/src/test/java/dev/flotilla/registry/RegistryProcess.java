package dev.flotilla.registry;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.util.FileSystemUtils;

/** A registry in a process of its own, which can be killed. */
public final class RegistryProcess implements AutoCloseable {
    private final Path data = RunningRegistry.newData();
    private final int port = freePort();
    private final Process process;

    /** Starts it and waits until it answers. */
    public RegistryProcess(TestDatabase database, List<String> jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RegistryService.class.getName()));
        command.addAll(RunningRegistry.arguments(database, data, port));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitPort();
    }

    public int port() {
        return port;
    }

    public LocalIssuer issuer() {
        return LocalIssuer.openOrCreate(data.resolve("keys"));
    }

    public RegistryApi agent(String... machines) {
        return RunningRegistry.client(port, RunningRegistry.token(issuer(), machines));
    }

    public long pid() {
        return process.pid();
    }

    /** The processor time that it has used. */
    public Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Kill -9. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
        FileSystemUtils.deleteRecursively(data.toFile());
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort() throws IOException {
        while (process.isAlive()) {
            try (Socket _ = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        throw new IOException("the registry does not start: " + Files.readString(data.resolve("log")));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
