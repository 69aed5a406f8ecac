package dev.flotilla.agent.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** What a payload is, by its first bytes: names and permissions say nothing. */
enum PayloadKind {
    PROGRAM,
    BUNDLE;

    private static final int HEAD = 20;
    private static final int SHOWN = 4;
    private static final int MACHINE = 18;

    static PayloadKind of(Path payload) throws IOException, InstallException {
        byte[] head = head(payload);
        if (startsWith(head, 0x1f, 0x8b)) {
            return BUNDLE;
        }
        if (startsWith(head, '#', '!')) {
            return PROGRAM;
        }
        if (startsWith(head, 0x7f, 'E', 'L', 'F')) {
            checkMachine(head);
            return PROGRAM;
        }
        throw new InstallException(whyNot(head));
    }

    private static String whyNot(byte[] head) {
        if (head.length == 0) {
            return "the payload is empty";
        }
        String allowed =
                "; a payload is a program (ELF), a script whose first line says what runs it (like #!/bin/sh), or a tar.gz bundle";
        boolean text = true;
        for (byte each : head) {
            text &= each >= ' ' || each == '\n' || each == '\r' || each == '\t' || each < 0;
        }
        return text
                ? "the payload is a text file, and its first line does not begin with #!" + allowed
                : "the payload is nothing that a machine can run: it begins with the bytes "
                        + HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(SHOWN, head.length)) + allowed;
    }

    private static void checkMachine(byte[] head) throws IOException, InstallException {
        byte[] own = head(Path.of("/proc/self/exe"));
        if (head.length < HEAD || head[MACHINE] != own[MACHINE] || head[MACHINE + 1] != own[MACHINE + 1]) {
            throw new InstallException("the program was built for another processor than this machine has");
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    private static boolean startsWith(byte[] head, int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
