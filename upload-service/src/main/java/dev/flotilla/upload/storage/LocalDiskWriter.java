package dev.flotilla.upload.storage;

import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes one payload to its file in {@code incoming}, hashing as it goes. */
final class LocalDiskWriter implements DynamicStorage.Writer {
    private final LocalDisk disk;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private long size;
    private @Nullable Payload finished;

    LocalDiskWriter(LocalDisk disk, Path file, FileChannel channel) {
        this.disk = disk;
        this.file = file;
        this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (finished != null) {
            throw new IllegalStateException("the writer is finished");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw explained(e);
        }
        digest.update(bytes, offset, length);
        size += length;
    }

    @Override
    public Payload finish() {
        if (finished == null) {
            finished = new Payload(HexFormat.of().formatHex(digest.digest()), size);
        }
        return finished;
    }

    @Override
    public void commit(String key) throws IOException {
        if (finished == null) {
            throw new IllegalStateException("finish the writer before the commit");
        }
        if (!key.startsWith(finished.sha256())) {
            throw new IllegalArgumentException(key + " is no key of bytes with SHA-256 " + finished.sha256());
        }
        try {
            channel.force(true);
            channel.close();
            disk.take(file, key);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }

    /** The kernel's ENOSPC and EDQUOT reach Java as text only. */
    private static IOException explained(IOException e) {
        String message = String.valueOf(e.getMessage());
        boolean full = message.contains("No space left on device") || message.contains("Disk quota exceeded");
        return full ? new StorageFullException("the disk of the payloads is full", e) : e;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
