package dev.flotilla.platform.problem;

import static dev.flotilla.platform.problem.ProblemException.error;

import dev.flotilla.api.Problem.FieldError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.Errors;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Reads the field errors out of Spring's validation results. */
final class ValidationErrors {
    private ValidationErrors() {}

    static List<FieldError> of(MethodValidationResult result) {
        List<FieldError> errors = new ArrayList<>();
        for (ParameterValidationResult parameter : result.getParameterValidationResults()) {
            if (parameter instanceof ParameterErrors body) {
                String prefix = parameter.getContainerIndex() == null ? "" : "[" + parameter.getContainerIndex() + "].";
                of(body).forEach(e -> errors.add(new FieldError(prefix + e.field(), e.message(), e.rejected())));
            } else {
                String name = String.valueOf(parameter.getMethodParameter().getParameterName());
                for (MessageSourceResolvable message : parameter.getResolvableErrors()) {
                    errors.add(error(name, text(message), parameter.getArgument()));
                }
            }
        }
        return errors;
    }

    static List<FieldError> of(Errors errors) {
        List<FieldError> all = new ArrayList<>();
        errors.getFieldErrors().forEach(e -> {
            String message = e.isBindingFailure() ? "must be " + allowed(errors.getFieldType(e.getField())) : text(e);
            all.add(error(e.getField(), message, e.getRejectedValue()));
        });
        errors.getGlobalErrors().forEach(e -> all.add(error(e.getObjectName(), text(e), null)));
        return all;
    }

    static FieldError of(MethodArgumentTypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        return error(e.getName(), "must be " + allowed(type), e.getValue());
    }

    private static String allowed(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "an ISO-8601 duration such as PT30S";
            case "Instant" -> "an ISO-8601 time such as 2026-01-31T12:00:00Z";
            default -> "a " + type.getSimpleName();
        };
    }

    private static String text(MessageSourceResolvable message) {
        String text = message.getDefaultMessage();
        return text == null ? "is not allowed" : text;
    }
}
