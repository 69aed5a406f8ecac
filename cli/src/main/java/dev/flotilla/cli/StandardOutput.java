package dev.flotilla.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Standard output, which knows whether its reader has read enough: that is no failure to be told. */
final class StandardOutput extends PrintStream {
    private final Pipe pipe;

    StandardOutput(OutputStream out) {
        this(new Pipe(out));
    }

    private StandardOutput(Pipe pipe) {
        super(new BufferedOutputStream(pipe), true, System.out.charset());
        this.pipe = pipe;
    }

    /** True where it could not be written because nobody reads it any more, as behind {@code | head}. */
    boolean abandoned() {
        return pipe.broken;
    }

    private static final class Pipe extends FilterOutputStream {
        private boolean broken;

        Pipe(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                broken = "Broken pipe".equals(e.getMessage());
                throw e;
            }
        }
    }
}
