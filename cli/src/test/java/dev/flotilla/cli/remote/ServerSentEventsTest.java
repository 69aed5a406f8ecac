package dev.flotilla.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
    @Test
    void givesTheDataOfEachEventAndSkipsComments() {
        List<String> seen = new ArrayList<>();
        new ServerSentEvents(seen::add)
                .read(
                        ":still here\n\nevent:progress\ndata:{\"a\":1}\n\nevent: progress\ndata: two\ndata: lines\n\ndata:cut off"
                                .lines());
        assertThat(seen).containsExactly("{\"a\":1}", "two\nlines");
    }
}
