package dev.flotilla.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.console.fleet.FleetView.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void oneMachineAmongManyIsStillSeen() {
        List<Share> shares = Shares.of(List.of(
                new Shares.Part("a", "a", 999_999), new Shares.Part("b", "b", 0), new Shares.Part("c", "c", 1)));
        assertThat(shares).extracting(Share::css).containsExactly("a", "c");
        assertThat(shares.getLast().width()).isPositive();
    }

    @Test
    void nothingMakesNoBar() {
        assertThat(Shares.of(List.of(new Shares.Part("a", "a", 0)))).isEmpty();
    }

    @Test
    void theSharesFillTheBarWithoutGaps() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Shares.Part> parts = new ArrayList<>();
            for (int i = random.nextInt(25); i >= 0; i--) {
                parts.add(new Shares.Part("p" + i, "p", random.nextInt(4) * random.nextInt(1_000_000)));
            }
            int end = 0;
            for (Share share : Shares.of(parts)) {
                assertThat(share.x()).as("seed %s", seed).isEqualTo(end);
                assertThat(share.width()).as("seed %s", seed).isPositive();
                end += share.width();
            }
            assertThat(end).as("seed %s", seed).isIn(0, 1000);
        }
    }
}
