package dev.flotilla.cli.remote;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads a stream of server-sent events (WHATWG HTML, section 9.2) as far as Flotilla uses it: the data of each event. */
final class ServerSentEvents {
    private final Consumer<String> show;
    private final StringBuilder data = new StringBuilder();

    ServerSentEvents(Consumer<String> show) {
        this.show = show;
    }

    void read(Stream<String> lines) {
        lines.forEach(this::line);
    }

    private void line(String line) {
        if (line.isEmpty()) {
            if (!data.isEmpty()) {
                show.accept(data.substring(0, data.length() - 1));
                data.setLength(0);
            }
        } else if (line.startsWith("data:")) {
            data.append(line.startsWith("data: ") ? line.substring(6) : line.substring(5))
                    .append('\n');
        }
    }
}
