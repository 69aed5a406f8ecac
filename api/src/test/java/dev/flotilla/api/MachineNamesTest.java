package dev.flotilla.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineNamesTest {
    @Test
    void rangesNamesAndListsExpandInOrderEachOnce() {
        assertThat(MachineNames.expand(List.of("m1..m3,db-7", " m2 web.x ", "")))
                .containsExactly("m1", "m2", "m3", "db-7", "web.x");
    }

    @Test
    void whatIsNoRangeIsRefusedWithWhatIsAllowed() {
        for (String wrong : List.of("m3..m1", "m1..x3", "m1..m999999999", "a/b", "日本", "..", "m1..")) {
            assertThatThrownBy(() -> MachineNames.expand(List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong);
        }
    }
}
