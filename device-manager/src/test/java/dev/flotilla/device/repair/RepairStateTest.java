package dev.flotilla.device.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.device.RepairState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class RepairStateTest {
    @Test
    void everyStepThatIsNotInTheTableIsRefused() {
        Map<RepairState, Set<RepairState>> table = new EnumMap<>(RepairState.class);
        for (RepairState from : RepairState.values()) {
            table.put(from, from.next());
            for (RepairState to : RepairState.values()) {
                if (from.next().contains(to)) {
                    assertThatCode(() -> Transitions.check(from, to)).doesNotThrowAnyException();
                } else {
                    assertThatThrownBy(() -> Transitions.check(from, to))
                            .isInstanceOf(IllegalTransitionException.class)
                            .hasMessageContaining(from + "")
                            .hasMessageContaining(to + "");
                }
            }
        }
        assertThat(table.values().stream().mapToInt(Set::size).sum()).isEqualTo(13);
    }

    @Test
    void theDefaultsAreAsDocumented() {
        RepairProperties defaults =
                Binder.get(new MockEnvironment()).bindOrCreate("flotilla.device.repairs", RepairProperties.class);
        assertThat(defaults)
                .isEqualTo(new RepairProperties(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofDays(90)));
    }
}
