package dev.flotilla.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What really runs, read from /proc: not from anything that Flotilla says of itself. */
final class FleetProcesses {
    private static final int STATE = 0;
    private static final int GROUP = 2;
    private static final int START = 19;
    /** USER_HZ of Linux. */
    private static final double TICKS_PER_SECOND = 100;

    private FleetProcesses() {}

    /**
     * One process that an agent started.
     *
     * @param since when it began, in seconds since the host was booted
     */
    record Started(long pid, String machine, String service, String version, double since) {}

    /** The leaders of the process groups that agents over this data folder started and that are alive. */
    static List<Started> of(Path data) throws IOException {
        List<Started> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                Map<String, String> environment = environment(process);
                if (!data.toAbsolutePath().toString().equals(environment.get("FLOTILLA_AGENT_DATA"))) {
                    continue;
                }
                String pid = process.getFileName().toString();
                List<String> stat = stat(process);
                if (stat.isEmpty()
                        || stat.get(STATE).equals("Z")
                        || !stat.get(GROUP).equals(pid)) {
                    continue;
                }
                found.add(new Started(
                        Long.parseLong(pid),
                        environment.getOrDefault("FLOTILLA_MACHINE", "?"),
                        environment.getOrDefault("FLOTILLA_SERVICE", "?"),
                        environment.getOrDefault("FLOTILLA_VERSION", "?"),
                        Long.parseLong(stat.get(START)) / TICKS_PER_SECOND));
            }
        }
        return found;
    }

    private static Map<String, String> environment(Path process) {
        Map<String, String> environment = new HashMap<>();
        try {
            String all = new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
            for (String entry : all.split("\0", -1)) {
                int equals = entry.indexOf('=');
                if (equals > 0) {
                    environment.put(entry.substring(0, equals), entry.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            return Map.of(); // it ended while we looked, or is not ours
        }
        return environment;
    }

    /** The fields of stat(5) from the third on; none for a process that has ended. */
    private static List<String> stat(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Now, in seconds since the host was booted. */
    static double now() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
    }
}
