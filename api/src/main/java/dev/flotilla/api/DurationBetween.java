package dev.flotilla.api;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A duration from {@link #least} to {@link #most}, both included, written as in ISO 8601: {@code PT30S}. Null passes. */
@Documented
@Constraint(validatedBy = DurationBetween.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface DurationBetween {
    String least();

    String most();

    String message() default "must be a duration from {least} to {most}, such as PT30S";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Compares. */
    final class Check implements ConstraintValidator<DurationBetween, Duration> {
        private Duration least = Duration.ZERO;
        private Duration most = Duration.ZERO;

        @Override
        public void initialize(DurationBetween bounds) {
            least = Duration.parse(bounds.least());
            most = Duration.parse(bounds.most());
        }

        @Override
        public boolean isValid(@Nullable Duration value, ConstraintValidatorContext context) {
            return value == null || value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        }
    }
}
