package dev.flotilla.device.topology;

import dev.flotilla.api.Problem;
import dev.flotilla.api.device.Machine;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.text.LineReader;
import dev.flotilla.platform.text.TextTooLongException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/** Machines as CSV (RFC 4180) with a header, one machine a line; the columns in any order. Blank lines are left out. */
final class CsvMachines implements MachineSource {
    static final List<String> COLUMNS =
            List.of("name", "environment", "machineFunction", "faultDomain", "region", "address", "tenant");

    private static final List<String> NEEDED = COLUMNS.subList(0, COLUMNS.size() - 1);

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setTrim(true).get();
    private static final long MAX_BYTES = 1L << 30;
    private static final int MAX_LINE_BYTES = 8192;

    private final InputStream body;
    private List<String> header = List.of();
    private int[] places = {};

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
        for (var line = next(lines); line != null; line = next(lines)) {
            if (line.fault() != null) {
                sink.unreadable(line.number(), line.fault(), line.text());
            } else if (!line.text().isBlank()) {
                List<String> values = values(line, sink);
                if (!header.isEmpty()) {
                    machine(line, values, sink);
                } else {
                    header = checkedHeader(line.number(), values);
                    places = COLUMNS.stream().mapToInt(header::indexOf).toArray();
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
        if (line.text().indexOf('"') < 0 && line.text().indexOf('\r') < 0) {
            return plainValues(line.text());
        }
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

    /** Of a line without quotes; most are, and millions of them come. */
    private static List<String> plainValues(String text) {
        List<String> values = new ArrayList<>(COLUMNS.size());
        int from = 0;
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
            values.add(text.substring(from, comma).trim());
            from = comma + 1;
        }
        values.add(text.substring(from).trim());
        return values;
    }

    private static List<String> checkedHeader(int number, List<String> names) {
        Set<String> distinct = new HashSet<>(names);
        if (names.size() != distinct.size() || !distinct.containsAll(NEEDED) || !COLUMNS.containsAll(distinct)) {
            throw headerProblem(number, "names the columns " + String.join(",", names));
        }
        return names;
    }

    private static ProblemException headerProblem(int number, String found) {
        String wanted = String.join(",", NEEDED) + ", and tenant where machines have one";
        return ProblemException.unprocessable(
                "Nothing was imported: the header %s. It must be %s.".formatted(found, wanted),
                List.of(new Problem.FieldError("line " + number, "must be the header " + wanted, null)));
    }

    private void machine(LineReader.Line line, List<String> values, Sink sink) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        if (values.size() != header.size()) {
            String message = String.format(Locale.ROOT, "must have %d values, not %d", header.size(), values.size());
            sink.unreadable(line.number(), message, line.text());
            return;
        }
        String tenant = places[COLUMNS.size() - 1] < 0 ? "" : values.get(places[COLUMNS.size() - 1]);
        sink.machine(
                line.number(),
                new Machine(
                        values.get(places[0]),
                        values.get(places[1]),
                        values.get(places[2]),
                        values.get(places[3]),
                        values.get(places[4]),
                        values.get(places[5]),
                        tenant.isEmpty() ? null : tenant));
    }

    @Override
    public boolean namesTenants() {
        return header.contains("tenant");
    }
}
