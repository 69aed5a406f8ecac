package dev.flotilla.upload.boq;

import dev.flotilla.api.upload.EvidenceKind;
import dev.flotilla.api.upload.TestResult;
import dev.flotilla.platform.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An <a href="https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md">in-toto statement</a>: what of it matters here.
 *
 * @param subjects the SHA-256 digests of what it is about
 * @param result of a test-result; null for other kinds
 * @param builder of a provenance; null for other kinds
 * @param finishedAt when the build of a provenance was finished; null where it does not say
 */
record Statement(
        EvidenceKind kind,
        Set<String> subjects,
        @Nullable TestResult result,
        @Nullable String builder,
        @Nullable Instant finishedAt) {
    private static final List<String> TYPES =
            List.of("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1");

    /** Reads a statement; a 400 that names the field where it is none, or one of a predicate that is not known here. */
    static Statement read(byte[] payload, JsonMapper json) {
        JsonNode root = root(payload, json);
        String type = text(root.path("_type"));
        if (!TYPES.contains(type)) {
            throw refused("_type", "must be " + String.join(" or ", TYPES), type);
        }
        String predicateType = text(root.path("predicateType"));
        EvidenceKind kind = Arrays.stream(EvidenceKind.values())
                .filter(each -> each.predicateType().equals(predicateType))
                .findFirst()
                .orElseThrow(() -> refused("predicateType", "must be " + known(), predicateType));
        Set<String> subjects = subjects(root.path("subject"));
        JsonNode predicate = root.path("predicate");
        return switch (kind) {
            case TEST_RESULT -> new Statement(kind, subjects, result(predicate), null, null);
            case PROVENANCE -> provenance(subjects, predicate);
        };
    }

    private static Statement provenance(Set<String> subjects, JsonNode predicate) {
        required(predicate, "buildDefinition", "buildType");
        String builder = required(predicate, "runDetails", "builder", "id");
        return new Statement(
                EvidenceKind.PROVENANCE,
                subjects,
                null,
                builder,
                finished(predicate.path("runDetails").path("metadata").path("finishedOn")));
    }

    private static JsonNode root(byte[] payload, JsonMapper json) {
        try {
            return json.readTree(payload);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw ProblemException.badRequest(
                    "payload",
                    "is no JSON once decoded"
                            + (at == null ? "" : ": see line " + at.getLineNr() + ", column " + at.getColumnNr()),
                    null);
        }
    }

    private static Set<String> subjects(JsonNode subject) {
        Set<String> digests = new HashSet<>();
        if (subject.isArray()) {
            subject.forEach(
                    each -> digests.add(text(each.path("digest").path("sha256")).toLowerCase(Locale.ROOT)));
        }
        digests.remove("");
        if (digests.isEmpty()) {
            throw refused("subject", "must be a list in which something has a digest sha256", null);
        }
        return digests;
    }

    private static TestResult result(JsonNode predicate) {
        String result = text(predicate.path("result"));
        return Arrays.stream(TestResult.values())
                .filter(each -> each.name().equals(result))
                .findFirst()
                .orElseThrow(() -> refused("predicate.result", "must be PASSED, WARNED or FAILED", result));
    }

    private static @Nullable Instant finished(JsonNode time) {
        if (time.isMissingNode() || time.isNull()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text(time)).toInstant();
        } catch (DateTimeException e) {
            throw refused(
                    "predicate.runDetails.metadata.finishedOn", "must be a time like 2030-01-31T12:00:00Z", text(time));
        }
    }

    private static String required(JsonNode predicate, String... path) {
        JsonNode node = predicate;
        for (String step : path) {
            node = node.path(step);
        }
        String text = text(node);
        if (text.isBlank()) {
            throw refused("predicate." + String.join(".", path), "must not be left out: it is a text", null);
        }
        return text;
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static String known() {
        return Arrays.stream(EvidenceKind.values())
                .map(EvidenceKind::predicateType)
                .collect(Collectors.joining(" or "));
    }

    private static ProblemException refused(String field, String message, @Nullable String rejected) {
        return ProblemException.badRequest("payload." + field, message, rejected);
    }
}
