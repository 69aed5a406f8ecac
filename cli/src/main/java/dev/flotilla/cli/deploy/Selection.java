package dev.flotilla.cli.deploy;

import dev.flotilla.api.MachineNames;
import dev.flotilla.api.target.MachineGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The machines that a command line names: one by one, by ranges, in a file, by groups. */
final class Selection {
    @Option(
            names = "--machines",
            paramLabel = "M",
            split = ",",
            description = "Machines by name; m1..m100 stands for a hundred.")
    private List<String> machines = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "F",
            description = "A file with one machine a line; blank lines, and what follows a #, do not count.")
    private @Nullable Path file;

    @Option(
            names = "--group",
            paramLabel = "ENV/MF",
            description = "All machines of an environment and machine function, such as prod-a/web. Can be repeated.")
    private List<String> groups = new ArrayList<>();

    boolean empty() {
        return machines.isEmpty() && file == null && groups.isEmpty();
    }

    /** The names; those of the file as they stand there, so that the service can tell all that is wrong with them. */
    List<String> machines() throws IOException {
        List<String> names = new ArrayList<>(MachineNames.expand(machines));
        if (file != null) {
            for (String line : lines(file)) {
                int comment = line.indexOf('#');
                String name = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException(file + " is no file that can be read: --file takes one machine a line.");
        }
        return Files.readAllLines(file);
    }

    List<MachineGroup> groups() {
        return groups.stream().map(Selection::group).toList();
    }

    private static MachineGroup group(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no group: write environment/machine-function, such as prod-a/web");
        }
        return new MachineGroup(parts[0], parts[1]);
    }
}
