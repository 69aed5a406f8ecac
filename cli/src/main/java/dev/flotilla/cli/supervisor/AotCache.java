package dev.flotilla.cli.supervisor;

import dev.flotilla.standalone.postgres.PostgresBinaries;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The ahead-of-time cache (JEP 483, 514) that lets all Java processes of Flotilla start faster: one file for all, made once after a
 * build. It holds for the JDK and the class path that it was made with; the JVM itself checks that too and does without it otherwise.
 * It is made without AOT class linking: that would load the classes of all services into each process, the command line's too.
 */
public record AotCache(JavaRuntime java) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Whether a cache is there that was made after the last build, by this JDK. */
    public boolean usable() {
        try {
            return java.dist() != null
                    && madeAfterBuild(file())
                    && Files.readString(madeBy()).equals(jdk());
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether making one is worth trying: there is a build to make it for, and it was not tried in vain for that one. */
    public boolean worthMaking() {
        return java.dist() != null
                && !usable()
                && !madeAfterBuild(triedInVain())
                && !System.getenv().getOrDefault("FLOTILLA_AOT", "on").equals("off");
    }

    /**
     * The flags that use it; never with a complaint when the JVM can't. Without relocation its pages are the same in all processes, which
     * share them; with it each process would have 100 MB of its own.
     */
    List<String> flags() {
        return List.of(
                "-XX:AOTCache=" + file(),
                "-XX:+IgnoreUnrecognizedVMOptions", // the two below are for diagnosis, and may go
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Xlog:aot*=off",
                "-Xlog:cds*=off");
    }

    /** The file; only to be asked where there is a build. */
    public Path file() {
        return dist().resolve("flotilla.aot");
    }

    /**
     * Makes it: a whole Flotilla is started once on a data folder of its own, used a little, and stopped. Where another process is
     * making it just now, this waits for that one's.
     *
     * @param training the class whose {@code main} does that, with the data folder as its argument
     * @return whether it worked; if not, nothing is lost but time at every start
     */
    public boolean make(String training) throws IOException, InterruptedException {
        try (FileChannel turn = FileChannel.open(
                        dist().resolve("flotilla.aot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock mine = turn.lock()) {
            return mine.isValid() && worthMaking() ? makeNow(training) : usable();
        }
    }

    private boolean makeNow(String training) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("flotilla-training");
        Path fresh = dist().resolve("flotilla.aot." + ProcessHandle.current().pid());
        try {
            DataFolder data = new DataFolder(scratch);
            List<String> flags = ClusterPlan.flags("training", data, List.of("-Xmx512m"));
            List<String> command = java.command(
                    data,
                    flags,
                    List.of("-XX:AOTCacheOutput=" + fresh, "-XX:-AOTClassLinking"),
                    training,
                    List.of(scratch.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(dist().resolve("training.log").toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                Processes.stop(process.toHandle(), Duration.ofSeconds(5));
            }
            if (!ended || process.exitValue() != 0 || !Files.exists(fresh)) {
                Files.writeString(triedInVain(), "see training.log\n");
                return false;
            }
            Files.writeString(madeBy(), jdk());
            Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + ".config"));
            new Leftovers(new DataFolder(scratch)).stop();
            PostgresBinaries.deleteTree(scratch);
        }
    }

    private boolean madeAfterBuild(Path file) {
        try {
            return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(dist().resolve("built"))) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Path madeBy() {
        return dist().resolve("flotilla.aot.jdk");
    }

    private Path triedInVain() {
        return dist().resolve("flotilla.aot.failed");
    }

    private Path dist() {
        Path dist = java.dist();
        if (dist == null) {
            throw new IllegalStateException("this is no built Flotilla");
        }
        return dist;
    }

    private static String jdk() {
        return System.getProperty("java.vm.version") + " " + System.getProperty("java.home");
    }
}
