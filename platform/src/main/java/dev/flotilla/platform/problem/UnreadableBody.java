package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem.FieldError;
import java.util.Arrays;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in words why a JSON body could not be read, and where. */
final class UnreadableBody {
    private UnreadableBody() {}

    static FieldError explain(HttpMessageNotReadableException exception) {
        for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException e) {
                return explain(e);
            }
        }
        return new FieldError("body", "is missing, or was cut off", null);
    }

    private static FieldError explain(JacksonException cause) {
        return switch (cause) {
            case UnrecognizedPropertyException e ->
                new FieldError(path(e), "is not known here; known are " + e.getKnownPropertyIds(), null);
            case InvalidFormatException e -> ProblemException.error(path(e), allowed(e.getTargetType()), e.getValue());
            case MismatchedInputException e
            when e.getPath().isEmpty() && e.getTargetType() == null ->
                new FieldError("body", "is empty or cut off; JSON is expected" + place(e), null);
            case MismatchedInputException e ->
                new FieldError(path(e), "has the wrong shape: " + e.getOriginalMessage() + place(e), null);
            case ValueInstantiationException e ->
                new FieldError(path(e), "is not allowed: " + e.getOriginalMessage(), null);
            case StreamReadException e ->
                new FieldError("body", "is malformed JSON: " + e.getOriginalMessage() + place(e), null);
            default ->
                new FieldError("body", "could not be read as JSON: " + cause.getOriginalMessage() + place(cause), null);
        };
    }

    private static String allowed(Class<?> type) {
        return type.isEnum()
                ? "must be one of " + Arrays.toString(type.getEnumConstants())
                : "must be a " + type.getSimpleName();
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String place(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
