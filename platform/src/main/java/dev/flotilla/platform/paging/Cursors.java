package dev.flotilla.platform.paging;

import dev.flotilla.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Cursors: where a list goes on. Opaque to callers. Each is sealed to the list that was asked for, which is its address and filters; one of another
 * list, or none of ours, is a 400 that names it.
 */
public final class Cursors {
    private static final String SEPARATOR = "\n";
    /** They say how much is read at once, and not what. */
    private static final Set<String> NO_FILTERS = Set.of("cursor", "limit", "names", "wait");

    private Cursors() {}

    /** A cursor of the list that is being asked for, from the keys of the last item given out. */
    public static String encode(String... keys) {
        return ofFeed(seal(List.of(keys)) + SEPARATOR + String.join(SEPARATOR, keys));
    }

    /** A cursor that names its feed itself, and holds as long as that does: readers keep it for good. */
    public static String ofFeed(String... keys) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The keys in a cursor of the list that is being asked for.
     *
     * @param parts how many there must be
     */
    public static List<String> decode(String cursor, int parts) {
        List<String> sealed = inFeed(cursor, parts + 1);
        List<String> keys = sealed.subList(1, sealed.size());
        if (!sealed.getFirst().equals(seal(keys))) {
            throw wrong(cursor);
        }
        return keys;
    }

    /** The keys in a cursor of {@link #ofFeed}. */
    public static List<String> inFeed(String cursor, int parts) {
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

    private static String seal(List<String> keys) {
        CRC32 sum = new CRC32();
        sum.update((list() + keys).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** What is being asked for: two services may have a list at the same path. */
    private static String list() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return "";
        }
        HttpServletRequest request = attributes.getRequest();
        Object handler = request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
        String by = handler instanceof HandlerMethod operation
                ? operation.getBeanType().getSimpleName()
                : "";
        String filters = request.getParameterMap().entrySet().stream()
                .filter(parameter -> !NO_FILTERS.contains(parameter.getKey()))
                .map(parameter -> parameter.getKey() + "=" + List.of(parameter.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
        return by + " " + request.getRequestURI() + "?" + filters;
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
