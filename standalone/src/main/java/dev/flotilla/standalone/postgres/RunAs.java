package dev.flotilla.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. For root it is run in a user namespace of its own, where it is nobody in particular and the files
 * are still its own.
 */
final class RunAs {
    private RunAs() {}

    static List<String> prefix() throws IOException, InterruptedException {
        if (!isRoot()) {
            return List.of();
        }
        Process trial = new ProcessBuilder("unshare", "--user", "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (trial.waitFor() != 0) {
            throw new IOException(
                    "PostgreSQL does not run as root, and this machine does not let root make a user namespace"
                            + " (unshare --user). Start Flotilla as another user.");
        }
        return List.of("unshare", "--user");
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Files.getAttribute(self, "unix:uid").equals(0)
                : "root".equals(System.getProperty("user.name"));
    }
}
