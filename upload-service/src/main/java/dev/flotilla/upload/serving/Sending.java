package dev.flotilla.upload.serving;

import dev.flotilla.upload.storage.DynamicStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Sends stored bytes, and counts as it goes, so that long downloads show while they run. */
final class Sending {
    private static final long COUNTED_AT_ONCE = 8 << 20;
    /** So many bytes at the end of a whole payload go out only when it turned out to be the right one. */
    private static final int HELD_BACK = 64 << 10;

    private final DynamicStorage.Content content;
    private final OutputStream out;
    private final DownloadMetrics metrics;

    Sending(DynamicStorage.Content content, OutputStream out, DownloadMetrics metrics) {
        this.content = content;
        this.out = out;
        this.metrics = metrics;
    }

    void part(ByteRange.Part part) throws IOException {
        copy(out, part.position(), part.position() + part.length());
    }

    /**
     * Sends all of it.
     *
     * @throws DamagedException if it has another digest: its last bytes, or all of a small one, are not sent then
     */
    void whole(String sha256) throws IOException {
        MessageDigest digest = sha256();
        long held = Math.max(0, content.size() - HELD_BACK);
        copy(new DigestOutputStream(out, digest), 0, held);
        ByteArrayOutputStream last = new ByteArrayOutputStream();
        content.copyTo(last, held, content.size() - held);
        digest.update(last.toByteArray());
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new DamagedException();
        }
        last.writeTo(out);
        metrics.count(last.size());
    }

    private void copy(OutputStream to, long from, long end) throws IOException {
        long at = from;
        while (at < end) {
            long length = Math.min(COUNTED_AT_ONCE, end - at);
            content.copyTo(to, at, length);
            metrics.count(length);
            at += length;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
