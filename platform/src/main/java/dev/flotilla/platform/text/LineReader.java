package dev.flotilla.platform.text;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads UTF-8 text line by line, at constant memory however long the text or a line of it is. Lines end with LF or CRLF; a byte order
 * mark at the beginning is left out.
 */
public final class LineReader {
    private static final int END = -1;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final long maxBytes;
    private final byte[] line;
    private long bytes;
    private int number;

    /**
     * @param maxBytes a text of more bytes ends in a {@link TextTooLongException}
     * @param maxLineBytes a longer line is cut and marked as faulty
     */
    public LineReader(InputStream in, long maxBytes, int maxLineBytes) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.maxBytes = maxBytes;
        this.line = new byte[maxLineBytes];
    }

    /**
     * A line of the text, without its end.
     *
     * @param number counted from 1
     * @param text the line; cut, or with replacement characters, where it is faulty
     * @param fault why the line can't be read; null where it can
     */
    public record Line(int number, String text, @Nullable String fault) {}

    /** The next line, null after the last. */
    public @Nullable Line next() throws IOException {
        int length = 0;
        boolean tooLong = false;
        int next = read();
        if (next == END) {
            return null;
        }
        number++;
        for (; next != END && next != '\n'; next = read()) {
            if (length < line.length) {
                line[length++] = (byte) next;
            } else {
                tooLong = true;
            }
        }
        if (!tooLong && length > 0 && line[length - 1] == '\r') {
            length--;
        }
        int start = number == 1 && startsWithByteOrderMark(length) ? BYTE_ORDER_MARK.length : 0;
        return decoded(start, length - start, tooLong);
    }

    private int read() throws IOException {
        int next = in.read();
        if (next != END && ++bytes > maxBytes) {
            throw new TextTooLongException(maxBytes);
        }
        return next;
    }

    private boolean startsWithByteOrderMark(int length) {
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private Line decoded(int start, int length, boolean tooLong) {
        if (tooLong) {
            String text = new String(line, start, length, StandardCharsets.UTF_8);
            return new Line(number, text, "is longer than " + line.length + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, start, length))
                    .toString();
            return new Line(number, text, null);
        } catch (CharacterCodingException e) {
            return new Line(number, new String(line, start, length, StandardCharsets.UTF_8), "is not UTF-8 text");
        }
    }
}
