package dev.flotilla.registry.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.registry.Change;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final Feed feed = new Feed(4);

    @Test
    void theNewestAreInMemoryAndTheOlderAreNot() {
        feed.startAfter(10);
        feed.append(changes(11, 16));

        assertThat(feed.after(11, 10)).isNull();
        assertThat(feed.after(12, 10)).extracting(Change::seq).containsExactly(13L, 14L, 15L, 16L);
        assertThat(feed.after(14, 1)).extracting(Change::seq).containsExactly(15L);
        assertThat(feed.after(16, 10)).isEmpty();
        assertThat(feed.head()).isEqualTo(16);
    }

    @Test
    void whatWasThereBeforeTheStartIsNotInMemory() {
        feed.startAfter(10);

        assertThat(feed.after(9, 10)).isNull();
        assertThat(feed.after(10, 10)).isEmpty();
    }

    @Test
    void aChangeThatDoesNotFollowIsRefused() {
        feed.startAfter(10);

        assertThatThrownBy(() -> feed.append(changes(12, 12))).hasMessageContaining("does not follow");
    }

    private static List<Change> changes(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(seq -> new Change(seq, Change.Kind.BACK, "m1", null, null, Instant.EPOCH))
                .toList();
    }
}
