package dev.flotilla.agent.payload;

import dev.flotilla.agent.payload.PayloadSource.Download;
import dev.flotilla.agent.payload.PayloadSource.Wanted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** A payload on its way in: goes on where an earlier attempt broke off, even one of an earlier run of the agent. */
final class PartialFile {
    /** The bytes are complete and wrong; they have been thrown away. */
    static final class WrongBytes extends IOException {
        private static final long serialVersionUID = 1L;

        WrongBytes(String message) {
            super(message);
        }
    }

    private static final int BUFFER = 128 * 1024;
    private static final int ASK_EVERY = 64;

    private final Path path;
    private final Wanted wanted;

    PartialFile(Path path, Wanted wanted) {
        this.path = path;
        this.wanted = wanted;
    }

    /** Returns when the whole payload is here, verified and forced to disk. */
    void complete(PayloadSource source, LongConsumer received, BooleanSupplier stillWanted)
            throws IOException, FetchException {
        long size = wanted.payload().size();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (channel.size() > size) {
                channel.truncate(0);
            }
            checkRoom(size - channel.size());
            if (channel.size() < size) {
                try (Download download = source.open(wanted, channel.size())) {
                    channel.truncate(download.offset());
                    copy(download, channel, received, stillWanted);
                }
            }
            if (channel.size() < size) {
                throw new IOException("the connection broke off after " + channel.size() + " of " + size + " bytes");
            }
            channel.force(true);
            verify(channel, lock);
        }
    }

    private void verify(FileChannel channel, FileLock lock) throws IOException {
        if (!lock.isValid() || !Sha256.of(path).equals(wanted.payload().sha256())) {
            channel.truncate(0);
            throw new WrongBytes("the bytes that came are not those that the order names: their SHA-256 differs");
        }
    }

    private void copy(Download download, FileChannel channel, LongConsumer received, BooleanSupplier stillWanted)
            throws IOException, FetchException {
        long size = wanted.payload().size();
        long position = download.offset();
        byte[] buffer = new byte[BUFFER];
        int count = 0;
        for (int read = download.bytes().read(buffer);
                read >= 0;
                read = download.bytes().read(buffer)) {
            if (position + read > size) {
                channel.truncate(0);
                throw new WrongBytes("more bytes came than the " + size + " that the order names");
            }
            if (++count % ASK_EVERY == 0 && !stillWanted.getAsBoolean()) {
                throw new FetchException("nobody needs it any more", true);
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            received.accept(read);
        }
    }

    private void checkRoom(long missing) throws IOException, FetchException {
        long room = Files.getFileStore(path).getUsableSpace();
        if (missing > room) {
            throw new FetchException(
                    "the disk has room for " + room + " more bytes, and " + missing + " are needed", true);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // the same answer as for another process
        }
        throw new IOException("another agent is fetching the same payload into " + path);
    }
}
