package dev.flotilla.upload.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** 2 GiB of bytes that are made as they are needed: blocks of 1 MiB that differ in their first eight bytes, which number them. */
final class LargePayload {
    static final int BLOCK = 1 << 20;
    static final int BLOCKS = 2048;
    static final long SIZE = (long) BLOCK * BLOCKS;
    static final String SHA256 = "ab9f2fc2c7ebe0ddd33dc78b1728d930be9dd37c2b772f5a8075f47b48ca9847";

    private final byte[] block = new byte[BLOCK];

    LargePayload() {
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) ((i * 2654435761L) >> 16);
        }
    }

    void writeTo(OutputStream out) throws IOException {
        for (int i = 0; i < BLOCKS; i++) {
            out.write(block(i));
        }
    }

    /** Whether the stream gives just these bytes, from a block on to the end. */
    boolean isRestOf(InputStream in, int firstBlock) throws IOException {
        byte[] read = new byte[BLOCK];
        for (int i = firstBlock; i < BLOCKS; i++) {
            if (in.readNBytes(read, 0, BLOCK) != BLOCK || !Arrays.equals(read, block(i))) {
                return false;
            }
        }
        return in.read() < 0;
    }

    private byte[] block(int number) {
        ByteBuffer.wrap(block).putLong(0, number);
        return block;
    }
}
