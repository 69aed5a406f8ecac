package dev.flotilla.upload.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A stored file. Its bytes stay readable until it is closed, even if the content is deleted meanwhile. */
final class LocalDiskContent implements DynamicStorage.Content {
    private static final int BUFFER = 128 * 1024;

    private final FileChannel channel;
    private final long size;

    LocalDiskContent(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void copyTo(OutputStream out, long position, long length) throws IOException {
        Objects.checkFromIndexSize(position, length, size);
        byte[] bytes = new byte[(int) Math.min(BUFFER, length)];
        long at = position;
        long end = position + length;
        while (at < end) {
            int wanted = (int) Math.min(bytes.length, end - at);
            int read = channel.read(ByteBuffer.wrap(bytes, 0, wanted), at);
            if (read < 0) {
                throw new EOFException("the stored file is shorter than it was when it was opened");
            }
            out.write(bytes, 0, read);
            at += read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
