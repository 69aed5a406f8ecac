package dev.flotilla.cli.policyagent;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets one policy agent at a time have a state file. The operating system takes the lock back when the process ends, however it ends. */
record StateLock(FileChannel channel) implements AutoCloseable {
    /** @throws CliFailure where another agent has it */
    static StateLock take(Path state) {
        Path file = state.toAbsolutePath().resolveSibling(state.getFileName() + ".lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, CREATE, WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new CliFailure(
                        Exit.ENVIRONMENT,
                        "Another policy agent runs with the state " + state + ", process "
                                + Files.readString(file).strip()
                                + ": both would run their commands. Stop that one first.");
            }
            String self = ProcessHandle.current().pid() + "\n";
            channel.truncate(0).write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)));
            return new StateLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // an agent of this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
