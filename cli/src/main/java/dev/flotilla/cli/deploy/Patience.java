package dev.flotilla.cli.deploy;

import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for what comes by itself a moment later. */
record Patience(Duration most) {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int NOT_FOUND = 404;

    /**
     * Asks again and again until there is an answer.
     *
     * @param question answers empty while it is too early, and may find that a service is away or does not know the thing yet
     * @return empty where that takes too long
     */
    <T> Optional<T> await(Supplier<Optional<T>> question) throws InterruptedException {
        Instant end = Instant.now().plus(most);
        Optional<T> answer = ask(question);
        while (answer.isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(PAUSE);
            answer = ask(question);
        }
        return answer;
    }

    private static <T> Optional<T> ask(Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (RemoteUnavailable e) {
            return Optional.empty();
        } catch (RemoteProblem e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
