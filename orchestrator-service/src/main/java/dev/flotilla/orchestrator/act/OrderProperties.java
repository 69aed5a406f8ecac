package dev.flotilla.orchestrator.act;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How orders are sent.
 *
 * @param connectTimeout how long to wait for a connection to an agent
 * @param answerTimeout how long to wait for its answer
 * @param concurrent how many orders this instance has on their way at once
 * @param queue how long an order may wait for its place among them
 * @param agents for how many agents a client is kept ready
 */
@Validated
@ConfigurationProperties("flotilla.orchestrator.orders")
public record OrderProperties(
        @DefaultValue("PT1S") Duration connectTimeout,
        @DefaultValue("PT5S") Duration answerTimeout,
        @Min(1) @Max(10_000) @DefaultValue("200") int concurrent,
        @DefaultValue("PT2S") Duration queue,
        @Min(1) @DefaultValue("20000") int agents) {

    /** How long the orders of one decision may take in all; twice the time of an answer, which may come in pieces. */
    Duration patience() {
        return queue.plus(connectTimeout).plus(answerTimeout.multipliedBy(2));
    }
}
