package dev.flotilla.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VersionSlotsTest {
    private final VersionSlots slots = new VersionSlots();

    @Test
    void aVersionKeepsItsLookWhileOthersComeAndGo() {
        Slot first = slots.of("hello", "1.0.0");
        Map<String, Slot> both = slots.of("hello", List.of("1.0.0", "1.1.0"));
        assertThat(both.get("1.0.0")).isEqualTo(first);
        assertThat(both.get("1.1.0")).isNotEqualTo(first);

        Slot second = slots.of("hello", List.of("1.1.0")).get("1.1.0");
        assertThat(second).isEqualTo(both.get("1.1.0"));
        assertThat(slots.of("hello", List.of("1.1.0", "1.2.0")).get("1.2.0"))
                .as("not the look of the version that just left")
                .isNotIn(first, second);
    }

    @Test
    void upTo24VersionsAtOnceAllLookDifferentAndMoreShareOneLook() {
        List<String> versions = IntStream.range(0, 30).mapToObj(i -> "1." + i).toList();
        Map<String, Slot> looks = slots.of("hello", versions);
        assertThat(looks.values().stream()
                        .filter(slot -> !slot.equals(Slot.OTHER))
                        .map(Slot::letter))
                .hasSize(24)
                .doesNotHaveDuplicates();
        assertThat(looks.values().stream().map(Slot::css).collect(Collectors.toSet()))
                .hasSize(25);
        assertThat(looks).containsEntry("1.29", Slot.OTHER);
    }

    @Test
    void overManyReleasesTheVersionsInUseNeverShareALook() {
        for (int release = 0; release < 100; release++) {
            Set<String> inUse = new TreeSet<>();
            for (int i = Math.max(0, release - 4); i <= release; i++) {
                inUse.add("1." + i);
            }
            assertThat(slots.of("hello", inUse).values())
                    .as("release %s", release)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void eachServiceHasItsOwn() {
        assertThat(slots.of("hello", "1.0.0")).isEqualTo(slots.of("proxy", "9"));
    }
}
