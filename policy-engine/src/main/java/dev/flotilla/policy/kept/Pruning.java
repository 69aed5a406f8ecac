package dev.flotilla.policy.kept;

import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes decisions that have been kept long enough. */
@Component
class Pruning {
    private static final Logger log = LoggerFactory.getLogger(Pruning.class);

    private final KeptTable kept;
    private final KeepProperties properties;
    private final InstantSource clock;

    Pruning(KeptTable kept, KeepProperties properties, InstantSource clock) {
        this.kept = kept;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void prune() {
        int removed = kept.prune(clock.instant().minus(properties.keep()));
        if (removed > 0) {
            log.info("{} questions that were last asked more than {} ago were removed", removed, properties.keep());
        }
    }
}
