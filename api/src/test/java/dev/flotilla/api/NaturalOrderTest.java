package dev.flotilla.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void numbersCountAsNumbers() {
        List<String> sorted = List.of("1.2", "1.9.0", "1.10.0", "fd1", "fd2", "fd10", "m1", "m01", "m2", "m10", "m100");
        List<String> names = new ArrayList<>(sorted);
        Collections.shuffle(names, new Random(7));
        names.sort(NaturalOrder.INSTANCE);
        assertThat(names)
                .filteredOn(name -> !name.equals("m01") && !name.equals("m1"))
                .containsExactlyElementsOf(sorted.stream()
                        .filter(name -> !name.equals("m01") && !name.equals("m1"))
                        .toList());
    }

    @Test
    void itIsATotalOrder() {
        Random random = new Random(42);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder name = new StringBuilder();
            for (int j = random.nextInt(6); j >= 0; j--) {
                name.append("ab019.-".charAt(random.nextInt(7)));
            }
            names.add(name.toString());
        }
        for (String a : names) {
            for (String b : names) {
                int ab = Integer.signum(NaturalOrder.INSTANCE.compare(a, b));
                assertThat(ab).as("%s %s", a, b).isEqualTo(-Integer.signum(NaturalOrder.INSTANCE.compare(b, a)));
                assertThat(ab == 0).isEqualTo(a.equals(b));
            }
        }
        names.sort(NaturalOrder.INSTANCE);
        for (int i = 1; i < names.size(); i++) {
            assertThat(NaturalOrder.INSTANCE.compare(names.getFirst(), names.get(i)))
                    .isLessThanOrEqualTo(0);
            assertThat(NaturalOrder.INSTANCE.compare(names.get(i - 1), names.get(i)))
                    .isLessThanOrEqualTo(0);
        }
    }
}
