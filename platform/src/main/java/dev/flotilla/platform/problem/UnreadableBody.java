package dev.flotilla.platform.problem;

import dev.flotilla.api.Problem.FieldError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says in words why a JSON body could not be read, and where; never with the names of our classes or of the parser's. */
final class UnreadableBody {
    /** Where the parser's own message turns from the caller's mistake to the parser: its options and its types. */
    private static final Pattern ASIDE =
            Pattern.compile("(?s)(, from `|: enable |; enable |\\(enable | \\(for | \\(not recognized |`).*");

    private static final Pattern DUPLICATE = Pattern.compile("(?s)^Duplicate Object property \"(.*)\"");

    private UnreadableBody() {}

    static FieldError explain(HttpMessageNotReadableException exception) {
        for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException e) {
                return explain(e);
            }
        }
        return new FieldError("body", "is missing, or was cut off", null);
    }

    static FieldError explain(JacksonException cause) {
        return switch (cause) {
            case UnrecognizedPropertyException e -> at(e, "is not known here; known are " + e.getKnownPropertyIds());
            case InvalidFormatException e ->
                ProblemException.error(path(e), PlainWords.mustBe(e.getTargetType()) + place(e), e.getValue());
            case MismatchedInputException e
            when message(e).startsWith("Trailing token") ->
                new FieldError("body", "goes on after its end; one JSON value is expected" + place(e), null);
            case MismatchedInputException e
            when e.getPath().isEmpty() && e.getTargetType() == null ->
                new FieldError("body", "is empty or cut off; JSON is expected" + place(e), null);
            case MismatchedInputException e
            when message(e).startsWith("Cannot map `null`") ->
                new FieldError(path(e), "must not be left out: it " + PlainWords.mustBe(e.getTargetType()), null);
            case MismatchedInputException e -> at(e, PlainWords.mustBe(e.getTargetType()));
            case ValueInstantiationException e -> at(e, "is not allowed" + reason(e.getCause()));
            case UnexpectedEndOfInputException e ->
                new FieldError("body", "is malformed JSON: it ends too early" + place(e), null);
            case StreamConstraintsException e -> new FieldError("body", "is too much: " + plain(e) + place(e), null);
            case InputCoercionException e -> at(e, "holds a number that is out of range");
            case StreamReadException e when DUPLICATE.matcher(message(e)).find() -> repeated(e);
            case StreamReadException e -> new FieldError("body", "is malformed JSON: " + plain(e) + place(e), null);
            default -> at(cause, "could not be read as JSON");
        };
    }

    private static FieldError at(JacksonException e, String message) {
        return new FieldError(path(e), message + place(e), null);
    }

    private static FieldError repeated(StreamReadException e) {
        Matcher name = DUPLICATE.matcher(message(e));
        String field = name.find() ? name.group(1) : path(e);
        return new FieldError(QueryString.shown(field), "is given twice" + place(e), null);
    }

    /** Our own constructors say in words what they refuse. */
    private static String reason(@Nullable Throwable cause) {
        return cause instanceof IllegalArgumentException && cause.getMessage() != null ? ": " + cause.getMessage() : "";
    }

    private static String plain(JacksonException e) {
        String said = message(e);
        String plain = ASIDE.matcher(said).replaceFirst("");
        return plain.contains("(") && !plain.contains(")") ? plain + ")" : plain;
    }

    private static String message(JacksonException e) {
        String message = e.getOriginalMessage();
        return message == null ? "" : message;
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
