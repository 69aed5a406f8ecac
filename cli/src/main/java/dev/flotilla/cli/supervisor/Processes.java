package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What the operating system knows of processes. */
public final class Processes {
    private Processes() {}

    /** Asks a process to end; kills it when it has not within the grace. */
    public static void stop(ProcessHandle process, Duration grace) throws InterruptedException {
        process.destroy();
        if (!awaitEnd(process, grace)) {
            process.destroyForcibly();
            awaitEnd(process, Duration.ofSeconds(10));
        }
    }

    /** Whether it has ended within the limit. */
    public static boolean awaitEnd(ProcessHandle process, Duration limit) throws InterruptedException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("can't wait for process " + process.pid(), e);
        }
    }

    /** Processes that have this argument on their command line. */
    public static List<ProcessHandle> withArgument(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .contains(argument))
                .toList();
    }

    /** The memory that a process and its children take, in bytes. */
    public static OptionalLong memoryWithChildren(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.children())
                .map(each -> memory(each.pid()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .reduce(Long::sum);
    }

    /**
     * The memory that a process really takes, in bytes: what it shares with others counts in part (PSS), where the system tells,
     * which Linux does.
     */
    public static OptionalLong memory(long pid) {
        OptionalLong share = kilobytes(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
        return share.isPresent() ? share : kilobytes(Path.of("/proc/" + pid + "/status"), "VmRSS:");
    }

    private static OptionalLong kilobytes(Path file, String field) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }
}
