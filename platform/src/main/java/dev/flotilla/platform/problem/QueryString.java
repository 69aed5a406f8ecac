package dev.flotilla.platform.problem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A query string as it was sent. The web server would fail over one that is badly encoded, without telling where. */
final class QueryString {
    private QueryString() {}

    /** Its parameters, each with what is given for it; a 400 problem that names the first parameter that is not percent-encoded UTF-8, or holds a NUL. */
    static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            String name = decoded(parts[0], parts[0]);
            String value = parts.length > 1 ? decoded(name, parts[1]) : "";
            if (!name.isEmpty()) {
                parameters.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decoded(String name, String encoded) {
        String text;
        try {
            byte[] bytes = URLDecoder.decode(encoded, ISO_8859_1).getBytes(ISO_8859_1);
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw ProblemException.badRequest(shown(name), "is not percent-encoded UTF-8", shown(encoded));
        }
        // The web server trims it, so that the parameter would count as not given.
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.badRequest(shown(name), "must not hold the character NUL, %00", shown(encoded));
        }
        return text;
    }

    /** As much of a name as an answer can bear. */
    static String shown(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }
}
