package dev.flotilla.cli.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Shows what is appended to a file, also after the file was rotated away and begun anew. */
final class LogFollower {
    private static final Duration CHECK = Duration.ofMillis(250);
    private static final int MOST = 1 << 20;

    private final Path file;
    private long position;
    private String rest = "";

    LogFollower(Path file, long position) {
        this.file = file;
        this.position = position;
    }

    /** Shows whole lines until the thread is interrupted. */
    void follow(Consumer<String> show) throws IOException, InterruptedException {
        while (true) {
            read(show);
            Thread.sleep(CHECK);
        }
    }

    /** Shows the lines that are there now and were not shown before. */
    void read(Consumer<String> show) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        long size = Files.size(file);
        if (size < position) {
            position = 0;
            rest = "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(position);
            while (position < size) {
                byte[] bytes = new byte[(int) Math.min(MOST, size - position)];
                in.readFully(bytes);
                position += bytes.length;
                lines(new String(bytes, StandardCharsets.UTF_8), show);
            }
        }
    }

    private void lines(String text, Consumer<String> show) {
        String all = rest + text;
        int begin = 0;
        for (int end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', begin)) {
            show.accept(all.substring(begin, end));
            begin = end + 1;
        }
        rest = all.substring(begin);
    }
}
