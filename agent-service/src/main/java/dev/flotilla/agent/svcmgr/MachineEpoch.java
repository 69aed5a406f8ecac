package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.disk.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The highest lease epoch of the orders that a machine has accepted. It never falls, whatever happens to the agent. */
final class MachineEpoch {
    private final Path file;
    private long highest;

    MachineEpoch(Path file) throws IOException {
        this.file = file;
        try {
            highest = Long.parseLong(
                    Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException e) {
            highest = Long.MIN_VALUE;
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: it must hold one number", e);
        }
    }

    synchronized long highest() {
        return highest;
    }

    /** Durable when this returns. */
    synchronized void raise(long epoch) throws IOException {
        if (epoch > highest) {
            DurableFile.write(file, Long.toString(epoch).getBytes(StandardCharsets.UTF_8));
            highest = epoch;
        }
    }
}
