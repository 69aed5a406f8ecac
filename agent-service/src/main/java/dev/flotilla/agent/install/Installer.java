package dev.flotilla.agent.install;

import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.payload.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings releases into a service's folder, and takes old ones out of it. */
public final class Installer {
    private final BundleLimits limits;

    public Installer(BundleLimits limits) {
        this.limits = limits;
    }

    /**
     * Installs a release from the store and verifies each of its bytes.
     *
     * @param fresh unpack a bundle anew even where it is unpacked already; never while it runs
     * @throws InstallException where this payload can't be run
     * @throws WrongBytes where the file in the store is not what its name says
     */
    public Program install(ServiceFolder folder, Release release, Path stored, boolean fresh)
            throws IOException, InstallException {
        Path payload = folder.payload(release.version());
        Files.createDirectories(folder.data());
        if (!verified(payload, release)) {
            // First what was unpacked from the bytes before: a kill after the link must not leave it beside the new
            // ones.
            FileTree.delete(folder.bundle(release.version()));
            link(stored, payload);
            if (!verified(payload, release)) {
                Files.deleteIfExists(payload);
                throw new WrongBytes();
            }
        }
        if (PayloadKind.of(payload) == PayloadKind.BUNDLE) {
            BundleFolder bundle = new BundleFolder(folder.bundle(release.version()));
            if (fresh || !bundle.intact()) {
                bundle.unpack(payload, limits);
            }
        }
        return program(folder, release);
    }

    /** What to start, for a release that is installed. */
    public Program program(ServiceFolder folder, Release release) throws IOException, InstallException {
        Path payload = folder.payload(release.version());
        return switch (PayloadKind.of(payload)) {
            case PROGRAM -> new Program(List.of(payload.toString()), Map.of(), folder.data(), null, null);
            case BUNDLE -> {
                Path bundle = folder.bundle(release.version());
                yield DescriptorReader.read(bundle).program(bundle);
            }
        };
    }

    /** Removes the versions that are not needed. */
    public void clean(ServiceFolder folder, Set<Release> needed) throws IOException {
        Set<String> keep = new HashSet<>();
        needed.forEach(release -> keep.add(release.version()));
        if (!Files.isDirectory(folder.versions())) {
            return;
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(folder.versions())) {
            for (Path version : versions) {
                if (!keep.contains(version.getFileName().toString())) {
                    FileTree.delete(version);
                }
            }
        }
    }

    /** The installed file, and with it the one in the store, is not what it should be. */
    public static final class WrongBytes extends IOException {
        private static final long serialVersionUID = 1L;

        WrongBytes() {
            super("the stored payload has changed on disk");
        }
    }

    private static boolean verified(Path payload, Release release) throws IOException {
        try {
            return Files.size(payload) == release.payload().size()
                    && Sha256.of(payload).equals(release.payload().sha256());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void link(Path stored, Path payload) throws IOException {
        Path folder = payload.resolveSibling("");
        Files.createDirectories(folder);
        Path temporary = payload.resolveSibling(".installing");
        Files.deleteIfExists(temporary);
        try {
            Files.createLink(temporary, stored);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.copy(stored, temporary, StandardCopyOption.COPY_ATTRIBUTES);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        Files.move(temporary, payload, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // rename(2) of two links to one file does nothing and leaves both
        Files.deleteIfExists(temporary);
    }
}
