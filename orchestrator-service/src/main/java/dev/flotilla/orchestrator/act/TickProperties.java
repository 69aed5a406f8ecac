package dev.flotilla.orchestrator.act;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often rollouts are looked at when nothing is heard of them; a change brings the look forward.
 *
 * @param busy while something is under way
 * @param steady while nothing is
 * @param soonest the shortest time between two looks
 * @param afterFailure after a look that threw
 * @param trust how long a look that had nothing to do stands while nothing is heard and nothing is due; also how long the policy engine is not
 *     asked about machines whose turn has not come
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.ticks")
public record TickProperties(
        @DefaultValue("PT1S") Duration busy,
        @DefaultValue("PT10S") Duration steady,
        @DefaultValue("PT0.05S") Duration soonest,
        @DefaultValue("PT1S") Duration afterFailure,
        @DefaultValue("PT5M") Duration trust) {
    private static final int SHARE = 8;
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    /**
     * How long a rollout rests after a look: what changes meanwhile is seen by one look. The more rollouts there are to look at, the longer, so that
     * looks leave the processors time to send what they decided.
     *
     * @param look how long it took
     * @param others how many rollouts rest now
     */
    Duration rest(Duration look, int others) {
        int share = Math.max(SHARE, others / Runtime.getRuntime().availableProcessors());
        Duration rest = look.multipliedBy(share);
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest.compareTo(soonest) < 0 ? soonest : rest;
    }
}
