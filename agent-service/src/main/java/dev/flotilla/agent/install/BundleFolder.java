package dev.flotilla.agent.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * An unpacked bundle. Its many files are not forced to disk one by one; instead it is unpacked anew, from the payload that was, when the
 * machine has been booted since.
 */
final class BundleFolder {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path bundle;
    private final Path unpackedInBoot;

    BundleFolder(Path bundle) {
        this.bundle = bundle;
        this.unpackedInBoot = bundle.resolveSibling(".unpacked-in-boot");
    }

    boolean intact() throws IOException {
        try {
            return Files.isDirectory(bundle) && Files.readString(unpackedInBoot).equals(bootId());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** All of the archive or nothing takes the place of what was there; never while that runs. */
    void unpack(Path archive, BundleLimits limits) throws IOException, InstallException {
        Path temporary = bundle.resolveSibling(".unpacking");
        Path outdated = bundle.resolveSibling(".outdated");
        FileTree.delete(temporary);
        FileTree.delete(outdated);
        Files.createDirectories(temporary);
        try {
            BundleUnpacker.unpack(archive, temporary.toRealPath(), limits);
            DescriptorReader.read(temporary).program(temporary);
            if (Files.exists(bundle)) {
                Files.move(bundle, outdated, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.writeString(unpackedInBoot, bootId());
            Files.move(temporary, bundle, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(temporary);
            FileTree.delete(outdated);
        }
    }

    private static String bootId() throws IOException {
        return Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
    }
}
