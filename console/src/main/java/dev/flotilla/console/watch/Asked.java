package dev.flotilla.console.watch;

import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** What came of a question to a service: a panel shows what it got and says what it did not get, and never breaks. */
public sealed interface Asked<T> {
    Logger LOG = LoggerFactory.getLogger(Asked.class);

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

    /** Asks; a failure is logged and becomes a value. */
    static <T> Asked<T> of(String what, Supplier<T> question) {
        try {
            return new Answer<>(question.get());
        } catch (RemoteProblem e) {
            if (e.status() == HttpStatus.NOT_FOUND.value()) {
                return new Missing<>();
            }
            LOG.warn("{} can't be shown: {}", what, e.getMessage());
            return new Failed<>(what + " can't be shown: " + e.getMessage());
        } catch (RemoteUnavailable e) {
            LOG.warn("{} can't be shown: {}", what, e.getMessage());
            return new Failed<>(what + " can't be shown: " + e.getMessage());
        }
    }

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
