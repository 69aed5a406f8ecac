package dev.flotilla.device.repair;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How repairs are kept.
 *
 * @param patience who was refused and does not ask again for so long waits no more
 * @param sweep how often leases that ran out are recorded as expired; the rules heed them at once
 * @param keep how long repairs that ended are kept
 */
@Validated
@ConfigurationProperties("flotilla.device.repairs")
public record RepairProperties(
        @DefaultValue("PT1M") Duration patience,
        @DefaultValue("PT10S") Duration sweep,
        @DefaultValue("P90D") Duration keep) {}
