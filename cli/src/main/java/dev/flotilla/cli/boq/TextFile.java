package dev.flotilla.cli.boq;

import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file that is sent as a whole. */
final class TextFile {
    private static final int MOST = 4 << 20;

    private TextFile() {}

    /** @param file - for standard input */
    static String read(Path file) {
        try {
            if (file.toString().equals("-")) {
                return new String(System.in.readNBytes(MOST), StandardCharsets.UTF_8);
            }
            if (Files.size(file) > MOST) {
                throw new CliFailure(Exit.USAGE, file + " is too large: is it the right file?");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new CliFailure(Exit.USAGE, file + " is no text file that can be read.");
        }
    }
}
