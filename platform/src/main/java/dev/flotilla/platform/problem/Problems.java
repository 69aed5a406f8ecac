package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Builds problems whose kind is their status. */
final class Problems {
    private static final URI BLANK = URI.create("about:blank");

    private Problems() {}

    static Problem of(int status, @Nullable String detail, @Nullable URI instance, List<FieldError> errors) {
        HttpStatus known = HttpStatus.resolve(status);
        return new Problem(BLANK, known == null ? "Error" : known.getReasonPhrase(), status, detail, instance, errors);
    }
}
