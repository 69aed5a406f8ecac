package dev.flotilla.upload.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * DynamicStorage in a folder: content lies at {@code ab/cd/abcd...}, after the first digits of its digest, so that no folder grows large
 * (46 files in each at 3 million payloads); what is being written lies in {@code incoming}, on the same file system, and is renamed into place.
 */
final class LocalDisk implements DynamicStorage {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path root;
    private final Path incoming;
    private final IncomingFiles files;

    /** How the file for new bytes is created. */
    interface IncomingFiles {
        FileChannel create(Path file) throws IOException;
    }

    LocalDisk(Path root) throws IOException {
        this(root, file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    LocalDisk(Path root, IncomingFiles files) throws IOException {
        this.root = root.toAbsolutePath();
        this.incoming = this.root.resolve("incoming");
        this.files = files;
        Files.createDirectories(incoming);
        syncFolder(this.root);
        Path parent = this.root.getParent();
        if (parent != null) {
            syncFolder(parent);
        }
    }

    @Override
    public Writer writer() throws IOException {
        Path file = incoming.resolve(UUID.randomUUID().toString());
        return new LocalDiskWriter(this, file, files.create(file));
    }

    @Override
    public Optional<Content> open(String sha256) throws IOException {
        try {
            return Optional.of(new LocalDiskContent(FileChannel.open(place(sha256), StandardOpenOption.READ)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean delete(String sha256) throws IOException {
        boolean deleted = Files.deleteIfExists(place(sha256));
        if (deleted) {
            syncFolder(innerFolder(sha256));
        }
        return deleted;
    }

    @Override
    public int removeAbandoned(Instant before) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming)) {
            for (Path part : parts) {
                if (wroteLastBefore(before, part) && Files.deleteIfExists(part)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    /** Puts a file of finished, durable bytes in its place; identical ones that are there already stay. */
    void take(Path file, String sha256, long size) throws IOException {
        Path outer = outerFolder(sha256);
        Path inner = innerFolder(sha256);
        Path place = inner.resolve(sha256);
        Files.createDirectories(inner);
        if (!isThere(place, size)) {
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        }
        // Also where folders and file were there already: whoever made them may not have come this far.
        syncFolder(inner);
        syncFolder(outer);
        syncFolder(root);
    }

    private static boolean isThere(Path place, long size) throws IOException {
        try {
            return Files.size(place) == size;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean wroteLastBefore(Instant before, Path part) throws IOException {
        try {
            return Files.getLastModifiedTime(part).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Makes the entries of a folder durable: before, POSIX promises that neither for a rename nor for a new entry. */
    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path place(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal digits: " + sha256);
        }
        return innerFolder(sha256).resolve(sha256);
    }

    private Path innerFolder(String sha256) {
        return outerFolder(sha256).resolve(sha256.substring(2, 4));
    }

    private Path outerFolder(String sha256) {
        return root.resolve(sha256.substring(0, 2));
    }
}
