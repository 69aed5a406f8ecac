package dev.flotilla.cli.policyagent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was decided about steps, in a small file, before it is said: so that an agent that is started again drains nothing twice. One line for each
 * step: its key, and {@code ACKNOWLEDGE} or {@code ALERT} with the reason.
 */
final class Decided {
    private static final int MOST = 1_000;
    private final Path file;
    private final Map<String, String> lines = new LinkedHashMap<>();

    Decided(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    int blank = line.indexOf(' ');
                    if (blank > 0) {
                        lines.put(line.substring(0, blank), line.substring(blank + 1));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Optional<Opinion> of(String key) {
        String line = lines.get(key);
        if (line == null) {
            return Optional.empty();
        }
        return Optional.of(
                line.startsWith("ALERT ")
                        ? new Opinion.Alert(line.substring("ALERT ".length()))
                        : new Opinion.Acknowledge());
    }

    synchronized void keep(String key, Opinion opinion) {
        lines.put(
                key,
                switch (opinion) {
                    case Opinion.Alert alert -> "ALERT " + alert.reason().replaceAll("\\R", " ");
                    case Opinion.Acknowledge ignored -> "ACKNOWLEDGE";
                    case Opinion.Delay ignored -> throw new IllegalArgumentException("a delay decides nothing");
                    case Opinion.NotYet ignored -> throw new IllegalArgumentException("not yet decides nothing");
                });
        List<String> keys = new ArrayList<>(lines.keySet());
        keys.subList(0, Math.max(0, keys.size() - MOST)).forEach(lines::remove);
        write();
    }

    private void write() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(
                    next,
                    lines.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .toList(),
                    StandardCharsets.UTF_8);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
