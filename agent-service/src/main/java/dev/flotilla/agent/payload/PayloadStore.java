package dev.flotilla.agent.payload;

import dev.flotilla.agent.disk.DurableFile;
import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Payloads by digest, each once for the whole host, however many machines run it. */
public final class PayloadStore {
    private static final String PART = ".part";

    private final Path root;
    private final ReadWriteLock cleaning = new ReentrantReadWriteLock();

    public PayloadStore(Path root) throws IOException {
        this.root = root;
        DurableFile.createFolders(root);
    }

    /** Where the payload lies, complete and once verified; empty where it is not here. */
    public Optional<Path> find(Payload payload) {
        cleaning.readLock().lock();
        try {
            Path file = path(payload.sha256());
            return Files.exists(file) ? Optional.of(file) : Optional.empty();
        } finally {
            cleaning.readLock().unlock();
        }
    }

    /** Throws away a payload whose bytes have turned out wrong. */
    public void discard(Payload payload) throws IOException {
        Files.deleteIfExists(path(payload.sha256()));
    }

    /** Where the bytes gather while they come in. */
    Path part(String sha256) throws IOException {
        Path folder = root.resolve(sha256.substring(0, 2));
        DurableFile.createFolders(folder);
        return folder.resolve(sha256 + PART);
    }

    /** Takes a part that is complete, verified and forced to disk. */
    Path take(Path part, String sha256) throws IOException {
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r-xr-xr-x"));
        Path file = path(sha256);
        DurableFile.moveInto(part, file);
        return file;
    }

    /**
     * Removes what nobody needs.
     *
     * @param needed the digests that stay; asked while nothing can be looked up in the store
     * @return how many were removed
     */
    public int clean(Supplier<Set<String>> needed) throws IOException {
        cleaning.writeLock().lock();
        try {
            Set<String> keep = needed.get();
            int removed = 0;
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
                for (Path folder : folders) {
                    removed += cleanFolder(folder, keep);
                }
            }
            return removed;
        } finally {
            cleaning.writeLock().unlock();
        }
    }

    private static int cleanFolder(Path folder, Set<String> keep) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String digest = name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name;
                if (!keep.contains(digest) && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    private Path path(String sha256) {
        return root.resolve(sha256.substring(0, 2)).resolve(sha256);
    }
}
