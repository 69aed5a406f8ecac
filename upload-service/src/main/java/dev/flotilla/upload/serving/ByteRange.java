package dev.flotilla.upload.serving;

import dev.flotilla.platform.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the header {@code Range} asks for (RFC 9110, section 14), applied to content of a known size. */
sealed interface ByteRange {
    /** All bytes: no range was asked for, or one that we may pass over (another unit, several ranges at once). */
    record Whole() implements ByteRange {}

    /** Some bytes, at least one. */
    record Part(long position, long length) implements ByteRange {
        String contentRange(long size) {
            return "bytes " + position + "-" + (position + length - 1) + "/" + size;
        }
    }

    /** The range begins after the last byte, or is of length zero. */
    record OutOfBounds() implements ByteRange {}

    Pattern SINGLE = Pattern.compile("(?<first>\\d*)[ \\t]*-[ \\t]*(?<last>\\d*)");

    /** @throws ProblemException 400 if it is a single range of bytes, but malformed */
    static ByteRange parse(@Nullable String header, long size) {
        if (header == null || !header.regionMatches(true, 0, "bytes=", 0, 6) || header.contains(",")) {
            return new Whole();
        }
        Matcher matcher = SINGLE.matcher(header.substring(6).strip());
        if (!matcher.matches()) {
            throw malformed(header);
        }
        String first = matcher.group("first");
        String last = matcher.group("last");
        if (first.isEmpty()) {
            if (last.isEmpty()) {
                throw malformed(header);
            }
            long suffix = Math.min(number(last), size);
            return part(size - suffix, suffix);
        }
        long from = number(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
        if (to < from) {
            throw malformed(header);
        }
        return part(from, Math.min(to, size - 1) - from + 1);
    }

    private static ByteRange part(long position, long length) {
        return length <= 0 ? new OutOfBounds() : new Part(position, length);
    }

    /** Numbers beyond any size count as the largest one. */
    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static ProblemException malformed(String header) {
        return ProblemException.badRequest("Range", "must be like 'bytes=0-499', 'bytes=500-' or 'bytes=-500'", header);
    }
}
