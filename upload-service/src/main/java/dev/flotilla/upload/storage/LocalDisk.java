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
 * DynamicStorage in a folder: content lies at {@code ab/cd/KEY}, after the first digits of its key, so that no folder grows large
 * (46 files in each at 3 million payloads); what is being written lies in {@code incoming}, on the same file system, and is renamed into place.
 */
final class LocalDisk implements DynamicStorage {
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}(\\.\\d{1,19})?");

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
    public Optional<Content> open(String key) throws IOException {
        try {
            return Optional.of(new LocalDiskContent(FileChannel.open(place(key), StandardOpenOption.READ)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean delete(String key) throws IOException {
        boolean deleted = Files.deleteIfExists(place(key));
        if (deleted) {
            syncFolder(innerFolder(key));
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

    /** Puts a file of finished, durable bytes in its place. */
    void take(Path file, String key) throws IOException {
        Path place = place(key);
        Files.createDirectories(innerFolder(key));
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        // Also where the folders were there already: whoever made them may not have come this far.
        syncFolder(innerFolder(key));
        syncFolder(outerFolder(key));
        syncFolder(root);
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

    private Path place(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not the key of a payload: " + key);
        }
        return innerFolder(key).resolve(key);
    }

    private Path innerFolder(String key) {
        return outerFolder(key).resolve(key.substring(2, 4));
    }

    private Path outerFolder(String key) {
        return root.resolve(key.substring(0, 2));
    }
}
