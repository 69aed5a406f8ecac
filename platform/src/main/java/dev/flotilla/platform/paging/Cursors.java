package dev.flotilla.platform.paging;

import dev.flotilla.platform.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Cursors: where a list goes on. Opaque to callers; a cursor that was not ours is a 400 that names it. */
public final class Cursors {
    private static final String SEPARATOR = "\n";

    private Cursors() {}

    /** A cursor from the keys of the last item given out. */
    public static String encode(String... keys) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The keys in a cursor.
     *
     * @param parts how many there must be
     */
    public static List<String> decode(String cursor, int parts) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            List<String> keys = List.of(plain.split(SEPARATOR, -1));
            if (keys.size() == parts) {
                return keys;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw wrong(cursor);
    }

    /** A cursor of one number. */
    public static long decodeNumber(String cursor) {
        return decodeNumbers(cursor, 1).getFirst();
    }

    /** A cursor of some numbers. */
    public static List<Long> decodeNumbers(String cursor, int parts) {
        try {
            return decode(cursor, parts).stream().map(Long::valueOf).toList();
        } catch (NumberFormatException e) {
            throw wrong(cursor);
        }
    }

    /** The answer to a cursor that was not ours. */
    public static ProblemException wrong(String cursor) {
        return ProblemException.badRequest("cursor", "must be the nextCursor of a page of the same list", cursor);
    }
}
