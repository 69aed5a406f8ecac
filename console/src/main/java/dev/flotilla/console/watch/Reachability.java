package dev.flotilla.console.watch;

import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Which services answer the console's own questions, and since when not. Only the turns are logged, not every failure. */
@Component
public class Reachability {
    private static final Logger log = LoggerFactory.getLogger(Reachability.class);

    private final TreeMap<String, Trouble> troubles = new TreeMap<>();
    private final InstantSource clock;
    private final ChangeSignal signal;

    public Reachability(InstantSource clock, ChangeSignal signal) {
        this.clock = clock;
        this.signal = signal;
    }

    /** The service answered. */
    public synchronized void answered(String service) {
        Trouble over = troubles.remove(service);
        if (over != null) {
            log.info("{} answers again, it had not since {}", service, over.since());
            signal.raise();
        }
    }

    /** The service did not answer, or with an error. */
    public synchronized void failed(String service, String reason, String consequence) {
        Trouble before = troubles.get(service);
        if (before == null) {
            log.warn("{} does not answer: {}. {} Trying again until it does.", service, reason, consequence);
        }
        if (before == null || !before.reason().equals(reason)) {
            troubles.put(
                    service,
                    new Trouble(service, before != null ? before.since() : clock.instant(), reason, consequence));
            signal.raise();
        }
    }

    /** The services that do not answer, by name. */
    public synchronized List<Trouble> troubles() {
        return List.copyOf(troubles.values());
    }
}
