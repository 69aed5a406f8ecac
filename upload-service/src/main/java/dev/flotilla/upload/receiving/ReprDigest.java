package dev.flotilla.upload.receiving;

import dev.flotilla.platform.problem.ProblemException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers {@code Repr-Digest} and {@code Content-Digest} (RFC 9530), which say the same of a whole body without encoding: a dictionary of algorithms and byte sequences, of which SHA-256 is understood.
 */
public final class ReprDigest {
    public static final String HEADER = "Repr-Digest";
    static final String CONTENT_HEADER = "Content-Digest";

    private static final String ALLOWED =
            "must be like 'sha-256=:BASE64:', the 32 bytes of the SHA-256 of the body in base64";
    private static final Pattern MEMBER =
            Pattern.compile("[ \\t]*(?<algorithm>[a-z*][a-z0-9_.*-]*)=:(?<digest>[A-Za-z0-9+/=]*):(;[^,]*)?[ \\t]*");

    private ReprDigest() {}

    /**
     * The claimed SHA-256; empty without a header. Other algorithms beside it are skipped.
     *
     * @param name the header's name
     * @throws ProblemException 400 if the header is malformed or names other algorithms only
     */
    static Optional<ClaimedDigest> parse(String name, @Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        String claimed = members(name, header).get("sha-256");
        if (claimed == null) {
            throw ProblemException.badRequest(
                    name, "names no supported algorithm: only sha-256 is; it " + ALLOWED, header);
        }
        return Optional.of(new ClaimedDigest(name, hex(name, claimed, header)));
    }

    /** The header's value for a digest in hexadecimal digits. */
    public static String format(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }

    private static Map<String, String> members(String name, String header) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String member : header.split(",", -1)) {
            Matcher matcher = MEMBER.matcher(member);
            if (!matcher.matches()) {
                throw ProblemException.badRequest(name, ALLOWED, header);
            }
            members.put(matcher.group("algorithm"), matcher.group("digest"));
        }
        return members;
    }

    private static String hex(String name, String base64, String header) {
        try {
            byte[] digest = Base64.getDecoder().decode(base64);
            if (digest.length == 32) {
                return HexFormat.of().formatHex(digest);
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw ProblemException.badRequest(name, ALLOWED, header);
    }
}
