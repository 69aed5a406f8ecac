package dev.flotilla.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A data folder and the server for it. It makes the folder, says how the server is started, and whether it is ready; starting and
 * watching the process is the caller's.
 *
 * @param home where the binaries lie
 * @param data the data folder; made by {@link #initialize} and kept
 * @param password of the user {@link #USER}
 */
public record PostgresCluster(Path home, Path data, String password) {
    public static final String USER = "flotilla";
    public static final String DATABASE = "flotilla";

    private static final Duration INIT_LIMIT = Duration.ofMinutes(2);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    /** Makes the data folder and the database in it; nothing happens where both are there. A half-made folder is made anew. */
    public void initialize() throws IOException, InterruptedException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Files.createDirectories(data.getParent());
        Path fresh = data.resolveSibling(data.getFileName() + ".new");
        PostgresBinaries.deleteTree(fresh);
        Path passwordFile = Files.createTempFile(data.getParent(), "password", null);
        try {
            Files.writeString(passwordFile, password);
            run(
                    "",
                    home.resolve("bin/initdb").toString(),
                    "--pgdata=" + fresh,
                    "--username=" + USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C");
            run(
                    "CREATE DATABASE " + DATABASE + "\n",
                    home.resolve("bin/postgres").toString(),
                    "--single",
                    "-D",
                    fresh.toString(),
                    "postgres");
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The command that runs the server in the foreground, on a port of loopback. It logs to its standard error. */
    public List<String> command(int port) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(RunAs.prefix());
        command.addAll(
                List.of(home.resolve("bin/postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=64MB",
                "jit=off",
                "logging_collector=off",
                "log_line_prefix=%m [%p] ",
                "log_timezone=UTC")) {
            command.add("-c");
            command.add(setting);
        }
        return command;
    }

    public String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** Whether the server process of this data folder takes connections, as it says itself in {@code postmaster.pid}. */
    public boolean ready(long pid) {
        List<String> lines = pidFile();
        return lines.size() >= 8
                && lines.get(0).strip().equals(Long.toString(pid))
                && lines.get(7).strip().equals("ready");
    }

    /**
     * Stops a server that still runs on this data folder, though whoever started it is gone: quickly but cleanly, so that nothing has
     * to be recovered.
     *
     * @return whether there was one
     */
    public boolean stopLeftover(Duration limit) throws IOException, InterruptedException {
        Optional<ProcessHandle> server = leftover();
        if (server.isEmpty()) {
            return false;
        }
        stop(server.get(), limit);
        return true;
    }

    /** The server that runs on this data folder, whoever started it. */
    public Optional<ProcessHandle> leftover() {
        List<String> lines = pidFile();
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .contains(data.toString()));
    }

    /** Asks a server to stop at once and cleanly (PostgreSQL's "fast" mode, SIGINT); kills it when it does not within the limit. */
    public static void stop(ProcessHandle server, Duration limit) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start().waitFor();
        if (!ended(server, limit)) {
            server.destroyForcibly();
            ended(server, KILL_LIMIT);
        }
    }

    private static boolean ended(ProcessHandle server, Duration limit) throws IOException, InterruptedException {
        try {
            server.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("could not wait for PostgreSQL, process " + server.pid(), e);
        }
    }

    private List<String> pidFile() {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void run(String input, String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(RunAs.prefix());
        whole.addAll(List.of(command));
        Path output = Files.createTempFile("flotilla-initdb", ".log");
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (var stdin = process.outputWriter()) {
                stdin.write(input);
            }
            boolean ended = process.waitFor(INIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new IOException(
                        "PostgreSQL could not be set up: " + Path.of(command[0]).getFileName()
                                + (ended ? " ended with " + process.exitValue() : " did not end") + ":\n"
                                + Files.readString(output).strip());
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
