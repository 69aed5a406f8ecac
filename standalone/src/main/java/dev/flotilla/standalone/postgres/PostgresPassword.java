package dev.flotilla.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The password of the local database, made once and kept in a file that only its owner can read. */
public final class PostgresPassword {
    private static final String FILE = "postgres.password";

    private PostgresPassword() {}

    public static String openOrCreate(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return create(folder, file);
        }
    }

    private static String create(Path folder, Path file) throws IOException {
        Files.createDirectories(folder);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path fresh = Files.createTempFile(
                folder, FILE, null, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, password);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return password;
    }
}
