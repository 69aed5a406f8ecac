package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How further Java processes are started: on the same JDK and class path as this one, because only then they can share its AOT cache.
 *
 * @param java the launcher of the JDK
 * @param classPath of this process
 * @param aotCache the AOT cache; used where the file is there
 */
public record JavaRuntime(Path java, String classPath, Path aotCache) {

    /** The one of this process. */
    public static JavaRuntime current() {
        return new JavaRuntime(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Path.of(System.getProperty("flotilla.aot", "flotilla.aot")));
    }

    /**
     * A command.
     *
     * @param argumentFile where the class path is written to: it is long, and command lines should stay readable in {@code ps}
     */
    public List<String> command(Path argumentFile, List<String> flags, String mainClass, List<String> arguments)
            throws IOException {
        Files.createDirectories(argumentFile.getParent());
        String quoted = classPath.replace("\\", "\\\\").replace("\"", "\\\"");
        Files.writeString(argumentFile, "-cp \"" + quoted + "\"\n");
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(flags);
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        if (Files.exists(aotCache)) {
            command.add("-XX:AOTCache=" + aotCache);
            command.add("-Xlog:aot=off,cds=off");
        }
        command.add("@" + argumentFile);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
