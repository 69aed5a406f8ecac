package dev.flotilla.platform.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void readsLinesWhateverTheirEnd() throws IOException {
        assertThat(texts("one\ntwo\r\n\nfour")).containsExactly("one", "two", "", "four");
    }

    @Test
    void aLastLineEndAddsNoLine() throws IOException {
        assertThat(texts("one\n")).containsExactly("one");
        assertThat(texts("")).isEmpty();
    }

    @Test
    void leavesOutAByteOrderMark() throws IOException {
        assertThat(texts("\uFEFFone\n\uFEFFtwo")).containsExactly("one", "\uFEFFtwo");
    }

    @Test
    void cutsALineThatIsTooLongAndReadsOn() throws IOException {
        List<LineReader.Line> lines = lines(("x".repeat(10_000) + "\nnext").getBytes(StandardCharsets.UTF_8), 20_000);
        assertThat(lines.getFirst()).isEqualTo(new LineReader.Line(1, "x".repeat(16), "is longer than 16 bytes"));
        assertThat(lines.getLast()).isEqualTo(new LineReader.Line(2, "next", null));
    }

    @Test
    void marksALineThatIsNotUtf8() throws IOException {
        List<LineReader.Line> lines = lines(new byte[] {'a', '\n', (byte) 0xC3, '\n', 'b'}, 100);
        assertThat(lines).extracting(LineReader.Line::fault).containsExactly(null, "is not UTF-8 text", null);
    }

    @Test
    void refusesATextThatIsTooLong() {
        assertThatThrownBy(() -> lines("12345678901".getBytes(StandardCharsets.UTF_8), 10))
                .isInstanceOfSatisfying(
                        TextTooLongException.class,
                        e -> assertThat(e.maxBytes()).isEqualTo(10));
    }

    private static List<String> texts(String text) throws IOException {
        return lines(text.getBytes(StandardCharsets.UTF_8), 100).stream()
                .map(LineReader.Line::text)
                .toList();
    }

    private static List<LineReader.Line> lines(byte[] bytes, long maxBytes) throws IOException {
        var reader = new LineReader(new ByteArrayInputStream(bytes), maxBytes, 16);
        List<LineReader.Line> lines = new ArrayList<>();
        for (var line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }
}
