package dev.flotilla.api;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error, {@code application/problem+json} (RFC 9457).
 *
 * @param type names the kind of problem, {@code about:blank} where the status says it all
 * @param title the kind of problem in words; the same for all problems of a type
 * @param status the HTTP status
 * @param detail what was wrong this time, and what to do about it
 * @param instance the path that was asked for
 * @param errors each field that was wrong; empty where no single field is to blame
 */
public record Problem(
        @Nullable URI type,
        @Nullable String title,
        int status,
        @Nullable String detail,
        @Nullable URI instance,
        List<FieldError> errors) {

    /**
     * One wrong field.
     *
     * @param field its name, with its place in the body where it has one: {@code machines[3]}, {@code line 17}
     * @param message what is allowed, or what was wrong with it
     * @param rejected the value that was sent, cut to 200 characters; null where there was none or it is a secret
     */
    public record FieldError(
            String field, String message, @Nullable String rejected) {}

    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }
}
