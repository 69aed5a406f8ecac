package dev.flotilla.api.policy;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The id of a deployment, a rollout or a maintenance job, such as {@code d42~east~web}. */
@Target({
    ElementType.PARAMETER,
    ElementType.FIELD,
    ElementType.TYPE_USE,
    ElementType.METHOD,
    ElementType.RECORD_COMPONENT
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = WorkId.PATTERN)
@ReportAsSingleViolation
public @interface WorkId {
    /** A deployment, an environment and a machine function at their longest fit. */
    String PATTERN = "[A-Za-z0-9][A-Za-z0-9._~-]{0,399}";

    String message() default
            "must be 1 to 400 characters: letters a-z and A-Z, digits, '.', '_', '~' and '-', beginning with a letter or digit";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
