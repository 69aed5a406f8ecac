package dev.flotilla.cli.policy;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DaysTest {
    @Test
    void daysAreTypedByTheirFirstLettersAndInSpans() {
        assertThat(new Days().convert("mon,Tuesday")).containsExactly(MONDAY, TUESDAY);
        assertThat(new Days().convert("mon-fri")).hasSize(5).doesNotContain(SATURDAY, SUNDAY);
        assertThat(new Days().convert("fri-mon")).containsExactlyInAnyOrder(FRIDAY, SATURDAY, SUNDAY, MONDAY);
        assertThatThrownBy(() -> new Days().convert("mo")).hasMessageContaining("write mon-fri, or sat,sun");
    }
}
