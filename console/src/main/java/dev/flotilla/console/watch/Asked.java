package dev.flotilla.console.watch;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of a question to a service: a panel shows what it got and says what it did not get, and never breaks. */
public sealed interface Asked<T> {
    /** The answer. */
    record Answer<T>(T value) implements Asked<T> {}

    /** The service says that there is no such thing. */
    record Missing<T>() implements Asked<T> {}

    /**
     * No answer, or an error.
     *
     * @param reason in words for a person
     */
    record Failed<T>(String reason) implements Asked<T> {}

    /** The value, or null. */
    default @Nullable T orNull() {
        return this instanceof Answer<T>(T value) ? value : null;
    }

    /** The reason of a failure, or null. */
    default @Nullable String failure() {
        return this instanceof Failed<T>(String reason) ? reason : null;
    }

    /** The same with another value. */
    default <R> Asked<R> map(Function<T, R> function) {
        return switch (this) {
            case Answer<T>(T value) -> new Answer<>(function.apply(value));
            case Missing<T>() -> new Missing<>();
            case Failed<T>(String reason) -> new Failed<>(reason);
        };
    }
}
