package dev.flotilla.orchestrator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.NaturalOrder;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallPartsTest {
    @Test
    void readsNumbersAndShares() {
        assertThat(Amount.parse("20%").roundedUp(25)).isEqualTo(5);
        assertThat(Amount.parse("20%").roundedUp(26)).isEqualTo(6);
        assertThat(Amount.parse("1%").roundedUp(3)).isEqualTo(1);
        assertThat(Amount.parse("7").roundedUp(3)).isEqualTo(7);
        assertThat(Amount.parse("5%").roundedDown(39)).isEqualTo(1);
        assertThat(Amount.parse("0").roundedDown(39)).isZero();
        assertThat(Amount.parse("100%").roundedDown(3_000_000)).isEqualTo(3_000_000);
    }

    @Test
    void sortsNamesAsAPersonWould() {
        List<String> names = List.of("m1", "m2", "m10", "m010b", "n", "n1-2", "n1-10");
        assertThat(names.reversed().stream().sorted(NaturalOrder.INSTANCE)).isEqualTo(names);
    }

    @Test
    void backsOffExponentiallyWithAJitterThatItsKeyDecides() {
        Duration first = Duration.ofSeconds(5);
        Duration most = Duration.ofMinutes(1);
        assertThat(Backoff.after(3, first, most, "x")).isEqualTo(Backoff.after(3, first, most, "x"));
        assertThat(IntStream.range(0, 200).mapToObj(i -> Backoff.after(3, first, most, "order-" + i)))
                .allMatch(wait -> !wait.minusSeconds(16).isNegative()
                        && !Duration.ofSeconds(24).minus(wait).isNegative())
                .satisfies(waits -> assertThat(waits.stream().distinct()).hasSizeGreaterThan(50));
        assertThat(Backoff.after(1000, first, most, "x")).isLessThanOrEqualTo(Duration.ofSeconds(72));
    }

    @Test
    void anOrderIdNamesItsDeploymentAndDependsOnRolloutMachineAndAttempt() {
        assertThat(OrderIds.of("d7~prod~web", "m1", 1))
                .startsWith("d7-")
                .isEqualTo(OrderIds.of("d7~prod~web", "m1", 1));
        assertThat(OrderIds.of("d7~prod~web", "m1", 2)).isNotEqualTo(OrderIds.of("d7~prod~web", "m1", 1));
    }

    @Test
    void spansAreSaidAsAPersonWould() {
        assertThat(Spans.words(Duration.ofSeconds(10))).isEqualTo("10 s");
        assertThat(Spans.words(Duration.ofMinutes(90))).isEqualTo("1 h 30 min");
        assertThat(Spans.words(Duration.ofMillis(700))).isEqualTo("0.7 s");
    }
}
