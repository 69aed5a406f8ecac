package dev.flotilla.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes of this host. */
final class ProcTable {
    private static final Path PROC = Path.of("/proc");

    private ProcTable() {}

    static List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                pids.add(Long.valueOf(entry.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be read: the agent needs Linux", e);
        }
        return pids;
    }

    /** Whether the group has a member that is not a zombie. */
    static boolean groupLives(long group) {
        for (long pid : pids()) {
            ProcStat stat = ProcStat.of(pid);
            if (stat != null && stat.group() == group && stat.living()) {
                return true;
            }
        }
        return false;
    }

    /** The environment a process was started with; empty for one that is gone or belongs to someone else. */
    static Map<String, String> environment(long pid) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
        } catch (IOException e) {
            return Map.of();
        }
        Map<String, String> environment = new HashMap<>();
        for (String entry : new String(bytes, StandardCharsets.UTF_8).split("\0", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                environment.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return environment;
    }
}
