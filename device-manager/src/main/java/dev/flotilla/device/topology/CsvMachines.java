package dev.flotilla.device.topology;

import dev.flotilla.api.Problem;
import dev.flotilla.api.device.Machine;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.text.LineReader;
import dev.flotilla.platform.text.TextTooLongException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/** Machines as CSV (RFC 4180) with a header, one machine a line; the columns in any order. Blank lines are left out. */
final class CsvMachines implements MachineSource {
    static final List<String> COLUMNS =
            List.of("name", "environment", "machineFunction", "faultDomain", "region", "address");

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setTrim(true).get();
    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_LINE_BYTES = 8192;

    private final InputStream body;

    CsvMachines(InputStream body) {
        this.body = body;
    }

    @Override
    public String place(int number) {
        return "line " + number;
    }

    @Override
    public void forEach(Sink sink) throws IOException {
        LineReader lines = new LineReader(body, MAX_BYTES, MAX_LINE_BYTES);
        List<String> header = List.of();
        for (var line = next(lines); line != null; line = next(lines)) {
            if (line.fault() != null) {
                sink.unreadable(line.number(), line.fault(), line.text());
            } else if (!line.text().isBlank()) {
                List<String> values = values(line, sink);
                if (!header.isEmpty()) {
                    machine(line, header, values, sink);
                } else {
                    header = checkedHeader(line.number(), values);
                }
            }
        }
        if (header.isEmpty()) {
            throw headerProblem(1, "is missing");
        }
    }

    /** What breaks off while it is sent is the sender's fault, not ours. */
    private static LineReader.@Nullable Line next(LineReader lines) {
        try {
            return lines.next();
        } catch (TextTooLongException e) {
            throw ProblemException.tooLarge(
                    "One import takes at most " + e.maxBytes() + " bytes of CSV: send several.");
        } catch (IOException e) {
            throw ProblemException.badRequest("body", "ended before it was complete", null);
        }
    }

    private static List<String> values(LineReader.Line line, Sink sink) {
        try (CSVParser parser = CSVParser.parse(line.text(), FORMAT)) {
            var records = parser.iterator();
            List<String> values = records.next().toList();
            if (!records.hasNext()) {
                return values;
            }
            sink.unreadable(line.number(), "must be one line: lines end with LF or CRLF, not with CR", line.text());
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            sink.unreadable(line.number(), "is not CSV: check its quotes", line.text());
            return List.of();
        }
    }

    private static List<String> checkedHeader(int number, List<String> names) {
        if (names.size() != COLUMNS.size() || !new HashSet<>(names).equals(new HashSet<>(COLUMNS))) {
            throw headerProblem(number, "names the columns " + String.join(",", names));
        }
        return names;
    }

    private static ProblemException headerProblem(int number, String found) {
        String wanted = String.join(",", COLUMNS);
        return ProblemException.unprocessable(
                "Nothing was imported: the header %s. It must be %s.".formatted(found, wanted),
                List.of(new Problem.FieldError("line " + number, "must be the header " + wanted, null)));
    }

    private static void machine(LineReader.Line line, List<String> header, List<String> values, Sink sink)
            throws IOException {
        if (values.isEmpty()) {
            return;
        }
        if (values.size() != header.size()) {
            String message = String.format(Locale.ROOT, "must have %d values, not %d", header.size(), values.size());
            sink.unreadable(line.number(), message, line.text());
            return;
        }
        sink.machine(
                line.number(),
                new Machine(
                        value("name", header, values),
                        value("environment", header, values),
                        value("machineFunction", header, values),
                        value("faultDomain", header, values),
                        value("region", header, values),
                        value("address", header, values)));
    }

    private static String value(String column, List<String> header, List<String> values) {
        return values.get(header.indexOf(column));
    }
}
