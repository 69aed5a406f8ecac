package dev.flotilla.api;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a service, as {@link Names#SERVICE} allows. */
@Target({
    ElementType.PARAMETER,
    ElementType.FIELD,
    ElementType.TYPE_USE,
    ElementType.METHOD,
    ElementType.RECORD_COMPONENT
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = Names.SERVICE)
@ReportAsSingleViolation
public @interface ServiceName {
    String message() default "must be " + Names.SERVICE_ALLOWED;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
