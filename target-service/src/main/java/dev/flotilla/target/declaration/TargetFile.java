package dev.flotilla.target.declaration;

import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.text.LineReader;
import dev.flotilla.platform.text.TextTooLongException;
import dev.flotilla.target.declaration.TargetList.NamedMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of targets as a file: one machine a line; what comes after a {@code #} is a comment, and blank lines are left out. */
final class TargetFile {
    private static final long MAX_BYTES = 32L << 20;
    private static final int MAX_LINE_BYTES = 4096;

    private TargetFile() {}

    /**
     * Reads the machines. A line that can't be read is a machine too, one that is malformed.
     *
     * @throws ProblemException 413 for too many bytes or machines, 400 for a body that is cut off
     */
    static TargetList read(InputStream body) {
        LineReader lines = new LineReader(body, MAX_BYTES, MAX_LINE_BYTES);
        List<NamedMachine> machines = new ArrayList<>();
        boolean tooMany = false;
        for (var line = next(lines); line != null; line = next(lines)) {
            String name = name(line);
            if (!name.isEmpty()) {
                // What is left is read to its end, so that the sender gets to see the answer.
                tooMany = tooMany || machines.size() == TargetList.MOST_MACHINES;
                if (!tooMany) {
                    machines.add(new NamedMachine(name, "line " + line.number()));
                }
            }
        }
        if (tooMany) {
            throw ProblemException.tooLarge(TargetList.TOO_MANY);
        }
        return new TargetList(machines, List.of());
    }

    /** Writes what a deployment names. Groups become comments: a file names machines only. */
    static void write(Deployment deployment, Writer out) throws IOException {
        for (MachineGroup group : deployment.targets().groups()) {
            out.write("# all machines of " + TargetList.shown(group) + "\n");
        }
        for (String machine : deployment.targets().machines()) {
            out.write(machine + "\n");
        }
    }

    private static String name(LineReader.Line line) {
        int comment = line.text().indexOf('#');
        return (comment < 0 ? line.text() : line.text().substring(0, comment)).strip();
    }

    private static LineReader.@Nullable Line next(LineReader lines) {
        try {
            return lines.next();
        } catch (TextTooLongException e) {
            throw ProblemException.tooLarge(
                    "The list has more than " + e.maxBytes() + " bytes. " + TargetList.TOO_MANY);
        } catch (IOException e) {
            throw ProblemException.badRequest("body", "ended before it was complete", null);
        }
    }
}
