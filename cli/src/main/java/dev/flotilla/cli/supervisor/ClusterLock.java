package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Lets one supervisor at a time have a data folder. The operating system takes the lock back when the process ends, however it ends. */
final class ClusterLock {
    private ClusterLock() {}

    /** Takes the lock for the rest of this process's life; false if another process has it. */
    @SuppressWarnings("resource") // never closed: the lock is held by the open file
    static boolean acquire(DataFolder data) throws IOException {
        Path file = data.run().resolve("supervisor.lock");
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        return lock != null;
    }
}
