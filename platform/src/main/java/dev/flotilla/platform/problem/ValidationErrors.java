package dev.flotilla.platform.problem;

import static dev.flotilla.platform.problem.ProblemException.error;

import dev.flotilla.api.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
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
            String message = e.isBindingFailure() ? PlainWords.mustBe(errors.getFieldType(e.getField())) : text(e);
            all.add(error(e.getField(), message, e.getRejectedValue()));
        });
        errors.getGlobalErrors().forEach(e -> all.add(error(e.getObjectName(), text(e), null)));
        return all;
    }

    static FieldError of(MethodArgumentTypeMismatchException e) {
        return error(e.getName(), PlainWords.mustBe(e.getRequiredType()), e.getValue());
    }

    private static String text(MessageSourceResolvable message) {
        String text = message.getDefaultMessage();
        return text == null ? "is not allowed" : text;
    }
}
