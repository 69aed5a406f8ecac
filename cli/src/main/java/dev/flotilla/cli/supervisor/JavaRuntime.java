package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How further Java processes are started: on the same JDK and class path as this one, because only then they can share its AOT cache.
 *
 * @param java the launcher of the JDK
 * @param classPath of this process
 * @param dist the folder of the built Flotilla, where what is prepared once after a build is kept; null when run otherwise
 */
public record JavaRuntime(
        Path java, String classPath, @Nullable Path dist) {

    /** The one of this process. */
    public static JavaRuntime current() {
        String dist = System.getProperty("flotilla.dist");
        return new JavaRuntime(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                dist == null ? null : Path.of(dist));
    }

    /** Where the database's binaries are unpacked to. */
    Path binaries(DataFolder data) {
        return dist == null ? data.root() : dist;
    }

    /** A command, with the flags for a small and quiet process, and with the AOT cache where there is one. */
    List<String> command(DataFolder data, List<String> flags, String mainClass, List<String> arguments)
            throws IOException {
        AotCache cache = new AotCache(this);
        return command(data, flags, cache.usable() ? cache.flags() : List.of(), mainClass, arguments);
    }

    List<String> command(
            DataFolder data, List<String> flags, List<String> cacheFlags, String mainClass, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(flags);
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(cacheFlags);
        command.add("@" + classPathFile(data));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** The class path is long; in a file it leaves command lines readable in {@code ps}. */
    private Path classPathFile(DataFolder data) throws IOException {
        Path file = data.run().resolve("classpath.args");
        String content = "-cp \"" + classPath.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
        if (!Files.exists(file) || !Files.readString(file).equals(content)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        return file;
    }
}
