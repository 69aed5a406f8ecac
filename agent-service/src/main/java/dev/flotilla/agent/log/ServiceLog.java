package dev.flotilla.agent.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that a service's output is appended to by the service itself, so that nothing is lost when the agent ends. The agent
 * adds a line of its own, marked {@value #MARK}, where it has something to say.
 */
public final class ServiceLog {
    public static final String MARK = "[flotilla]";

    private static final int BLOCK = 64 * 1024;
    /** While a file is rotated its writer is followed this far beyond what was there: one that writes faster than we copy has no end. */
    private static final int FOLLOWED = 1024 * 1024;
    /** However many and long the lines: no more than this is ever read. */
    private static final int MOST_READ = 4 * 1024 * 1024;

    private final Path file;

    public ServiceLog(Path file) {
        this.file = file;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** How long it is now: where the output of what is started next begins. */
    public long length() throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    public void note(String line) throws IOException {
        Files.writeString(file, MARK + " " + line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The last lines, oldest first. */
    public List<String> tail(int lines) throws IOException {
        List<String> tail = tail(file, 0, lines);
        Path older = rotated(1);
        if (tail.size() < lines && Files.exists(older)) {
            List<String> both = new ArrayList<>(tail(older, 0, lines - tail.size()));
            both.addAll(tail);
            return both;
        }
        return tail;
    }

    /** The last lines that the service itself wrote since the file was so long. */
    public List<String> outputSince(long offset, int lines) throws IOException {
        long from = offset <= length() ? offset : 0;
        List<String> tail = new ArrayList<>(tail(file, from, lines * 2));
        tail.removeIf(line -> line.startsWith(MARK) || line.isBlank());
        return tail.subList(Math.max(0, tail.size() - lines), tail.size());
    }

    /**
     * Keeps the file short: what is longer is copied away and the file emptied, since the service holds it open. What a service writes
     * faster than it can be copied is dropped, and how much that was is noted.
     *
     * @param keep how many older files stay
     */
    public void rotate(long longest, int keep) throws IOException {
        if (length() <= longest) {
            return;
        }
        for (int i = keep; i > 1; i--) {
            if (Files.exists(rotated(i - 1))) {
                Files.move(rotated(i - 1), rotated(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        long dropped = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (keep > 0) {
                long copied = copy(channel, rotated(1), channel.size() + FOLLOWED);
                dropped = channel.size() - copied;
            }
            channel.truncate(0);
        }
        if (dropped > 0) {
            note(dropped + " bytes of output came too fast to be kept");
        }
    }

    private static long copy(FileChannel from, Path to, long most) throws IOException {
        try (FileChannel out = FileChannel.open(
                to, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long position = 0;
            // the service goes on writing: follow until nothing new has come
            for (long count = from.transferTo(position, BLOCK, out);
                    count > 0 && position + count < most;
                    count = from.transferTo(position, BLOCK, out)) {
                position += count;
            }
            return out.position();
        }
    }

    private Path rotated(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static List<String> tail(Path file, long from, int lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = channel.size();
            long start = end;
            int newlines = 0;
            byte[] block = new byte[BLOCK];
            while (start > from && newlines <= lines && end - start < MOST_READ) {
                int length = (int) Math.min(BLOCK, start - from);
                start -= length;
                newlines += countNewlines(channel, start, block, length);
            }
            byte[] read = new byte[Math.toIntExact(end - start)];
            read(channel, start, read, read.length);
            return lastLines(new String(read, StandardCharsets.UTF_8), lines);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static int countNewlines(FileChannel channel, long position, byte[] block, int length) throws IOException {
        read(channel, position, block, length);
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (block[i] == '\n') {
                count++;
            }
        }
        return count;
    }

    private static void read(FileChannel channel, long position, byte[] into, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }

    private static List<String> lastLines(String text, int lines) {
        List<String> all = text.lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }
}
