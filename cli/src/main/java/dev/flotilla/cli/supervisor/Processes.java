package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the operating system knows of processes. */
public final class Processes {
    private static final Duration CHECK = Duration.ofMillis(30);

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
        long end = System.nanoTime() + limit.toNanos();
        while (runs(process)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(CHECK);
        }
        return true;
    }

    /** Whether it runs. One that has ended, and that its parent has not taken note of yet (a zombie), does not. */
    public static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException e) {
            return process.isAlive(); // no /proc here, or just gone
        }
    }

    /** Processes that have this argument on their command line. */
    public static List<ProcessHandle> withArgument(String argument) {
        return ProcessHandle.allProcesses()
                .filter(Processes::runs)
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
