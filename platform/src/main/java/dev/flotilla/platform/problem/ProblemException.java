package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that can't be done, and the problem it is answered with. Its text is meant for the caller. */
public class ProblemException extends RuntimeException {
    private static final int MOST_SHOWN = 200;
    private static final int MOST_ERRORS = 100;
    private final HttpStatus status;
    private final List<FieldError> errors;

    private ProblemException(HttpStatus status, String detail, List<FieldError> errors) {
        super(errors.size() > MOST_ERRORS ? detail + " The first " + MOST_ERRORS + " are named." : detail);
        this.status = status;
        this.errors = List.copyOf(errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
    }

    public static ProblemException of(HttpStatus status, String detail, List<FieldError> errors) {
        return new ProblemException(status, detail, errors);
    }

    /** 400: one field of the request is not as it must be. */
    public static ProblemException badRequest(String field, String message, @Nullable Object rejected) {
        return of(HttpStatus.BAD_REQUEST, field + ": " + message, List.of(error(field, message, rejected)));
    }

    /** 404: what the field names does not exist. */
    public static ProblemException notFound(String field, String value, String detail) {
        return of(HttpStatus.NOT_FOUND, detail, List.of(error(field, "does not exist", value)));
    }

    /** 409: the state of things does not permit it; the detail says which state, and what to do. */
    public static ProblemException conflict(String detail) {
        return of(HttpStatus.CONFLICT, detail, List.of());
    }

    /** 410: it was there, or was valid, once. */
    public static ProblemException gone(String detail) {
        return of(HttpStatus.GONE, detail, List.of());
    }

    /** 413: more than is taken in one request. */
    public static ProblemException tooLarge(String detail) {
        return of(HttpStatus.CONTENT_TOO_LARGE, detail, List.of());
    }

    /** 422: well-formed, but these things in it can't be. */
    public static ProblemException unprocessable(String detail, List<FieldError> errors) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, detail, errors);
    }

    /** 403: the caller has not the right; the detail says which one it takes. */
    public static ProblemException forbidden(String detail) {
        return of(HttpStatus.FORBIDDEN, detail, List.of());
    }

    /** A field error whose rejected value is cut to a length that can be shown. */
    public static FieldError error(String field, String message, @Nullable Object rejected) {
        String shown = rejected == null ? null : rejected.toString();
        if (shown != null && shown.length() > MOST_SHOWN) {
            shown = shown.substring(0, MOST_SHOWN) + "…";
        }
        return new FieldError(field, message, shown);
    }

    public HttpStatus status() {
        return status;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** The detail: never null here. */
    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
