package dev.flotilla.platform.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Keys in PEM files (RFC 7468): PKCS#8 for private ones, SubjectPublicKeyInfo for public ones. */
public final class PemKeys {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PemKeys() {}

    /** @param algorithm as {@link KeyFactory} names it: {@code EC} or {@code Ed25519} */
    public static PublicKey readPublic(Path file, String algorithm) {
        return read(
                file,
                "PUBLIC KEY",
                der -> KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
    }

    public static PrivateKey readPrivate(Path file, String algorithm) {
        return read(
                file,
                "PRIVATE KEY",
                der -> KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    }

    /** The key pair {@code name.key} and {@code name.pub} in the folder, made when it is not there yet; the private one is for its owner only. */
    public static KeyPair openOrCreate(
            Path folder, String name, String algorithm, @Nullable AlgorithmParameterSpec parameters) {
        Path privateFile = folder.resolve(name + ".key");
        Path publicFile = folder.resolve(name + ".pub");
        try {
            if (!Files.exists(privateFile) || !Files.exists(publicFile)) {
                Files.createDirectories(folder);
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
                if (parameters != null) {
                    generator.initialize(parameters);
                }
                KeyPair pair = generator.generateKeyPair();
                write(publicFile, "PUBLIC KEY", pair.getPublic(), "rw-r--r--");
                write(privateFile, "PRIVATE KEY", pair.getPrivate(), "rw-------");
            }
            return new KeyPair(readPublic(publicFile, algorithm), readPrivate(privateFile, algorithm));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the keys in " + folder + " can be neither read nor made: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm + " keys", e);
        }
    }

    private static void write(Path file, String kind, Key key, String permissions) throws IOException {
        String pem = "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(key.getEncoded()) + "\n-----END " + kind
                + "-----\n";
        Path temporary = Files.createTempFile(
                file.getParent(),
                "key",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, pem);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static <T> T read(Path file, String kind, Decoder<T> decoder) {
        try {
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            String body = pem.replaceFirst("(?s).*-----BEGIN " + kind + "-----", "")
                    .replaceFirst("(?s)-----END " + kind + "-----.*", "");
            return decoder.decode(Base64.getMimeDecoder().decode(body));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the key file " + file.toAbsolutePath() + " can't be read: './flotilla up' makes the local ones",
                    e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    file.toAbsolutePath() + " is no PEM file with a " + kind.toLowerCase(java.util.Locale.ROOT), e);
        }
    }

    private interface Decoder<T> {
        T decode(byte[] der) throws GeneralSecurityException;
    }
}
