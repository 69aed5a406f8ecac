package dev.flotilla.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.e2e.Sightings.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultDomainOrderTest {
    private static final Map<String, Place> PLACES = Map.of(
            "m1", new Place("prod", "web", "fd-1"),
            "m2", new Place("prod", "web", "fd-2"),
            "m3", new Place("prod", "db", "fd-2"));
    private final FaultDomainOrder order = new FaultDomainOrder(PLACES, Duration.ofSeconds(2));

    @Test
    void findsAMachineThatIsStoppedBeforeTheOtherFaultDomainHasProvedItself() {
        assertThat(order.broken(List.of(changed("m1", 10, 10.1), changed("m2", 12, 12.1))))
                .hasSize(1);
        assertThat(order.broken(List.of(changed("m1", 10, 10.1), changed("m2", 10, 10.1))))
                .isNotEmpty();
    }

    @Test
    void isContentWithOneAfterTheOtherAndWithOtherGroups() {
        assertThat(order.broken(List.of(changed("m1", 10, 10.1), changed("m2", 12.2, 12.3), changed("m3", 10, 10.1))))
                .isEmpty();
    }

    private static Run changed(String machine, double goneBy, double since) {
        return new Run(machine, 1, "2", goneBy, since);
    }
}
