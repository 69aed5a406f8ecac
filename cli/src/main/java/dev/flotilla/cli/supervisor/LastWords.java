package dev.flotilla.cli.supervisor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines that something wrote, to say why it is gone. */
public record LastWords(DataFolder data) {
    private static final int LINES = 15;
    private static final int WIDTH = 400;

    /** The end of its log and of its output, with the names of the files. */
    public String of(String name) {
        List<String> text = new ArrayList<>();
        for (Path file : List.of(data.log(name), data.output(name))) {
            List<String> lines = tail(file, LINES);
            if (!lines.isEmpty()) {
                text.add("The last lines of " + file + ":");
                lines.forEach(
                        line -> text.add("  " + (line.length() > WIDTH ? line.substring(0, WIDTH) + "..." : line)));
            }
        }
        return text.isEmpty() ? "It wrote nothing." : String.join("\n", text);
    }

    /** The last lines of a file, oldest first; none where there is no file. */
    public static List<String> tail(Path file, int most) {
        if (!Files.exists(file)) {
            return List.of();
        }
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last.addLast(line);
                if (last.size() > most) {
                    last.removeFirst();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
        return List.copyOf(last);
    }
}
