package dev.flotilla.console.watch;

import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Asks services what a panel shows. A panel asks again and again: of each service's failures one a minute is logged. */
@Component
public class Questions {
    private static final Logger log = LoggerFactory.getLogger(Questions.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Instant> loggedAt = new ConcurrentHashMap<>();

    public Questions(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Asks; a failure becomes a value.
     *
     * @param service the service that is asked
     * @param what what is asked for, as the beginning of a sentence
     */
    public <T> Asked<T> ask(String service, String what, Supplier<T> question) {
        try {
            return new Asked.Answer<>(question.get());
        } catch (RemoteProblem e) {
            return e.status() == HttpStatus.NOT_FOUND.value() ? new Asked.Missing<>() : failed(service, what, e);
        } catch (RemoteUnavailable e) {
            return failed(service, what, e);
        }
    }

    private <T> Asked<T> failed(String service, String what, RuntimeException e) {
        Instant now = clock.instant();
        Instant last = loggedAt.get(service);
        if (last == null || now.isAfter(last.plus(QUIET))) {
            loggedAt.put(service, now);
            log.warn("{} can't be shown: {}", what, e.getMessage());
        }
        return new Asked.Failed<>(what + " can't be shown: " + e.getMessage());
    }
}
