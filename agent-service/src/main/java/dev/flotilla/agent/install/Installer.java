package dev.flotilla.agent.install;

import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.disk.ServiceFolder;
import dev.flotilla.agent.payload.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings releases into a service's folder, and takes old ones out of it. What is installed is a copy: a service that writes into its own files
 * harms neither the store nor another machine, and is put right before it is started again.
 */
public final class Installer {
    private static final Logger log = LoggerFactory.getLogger(Installer.class);

    private final BundleLimits limits;

    public Installer(BundleLimits limits) {
        this.limits = limits;
    }

    /** True where the release was installed and nothing speaks against its files; reads none of their bytes. */
    public boolean intact(ServiceFolder folder, Release release) {
        return check(folder, release, Installed::untouched);
    }

    /** True where the release is installed and each of its bytes is right; reads those of the files that look changed. */
    public boolean verify(ServiceFolder folder, Release release) {
        return check(folder, release, Installed::verify);
    }

    /** True where the release was installed once, whatever has become of its files. */
    public boolean knows(ServiceFolder folder, Release release) {
        return check(folder, release, Installed::known);
    }

    @FunctionalInterface
    private interface Check {
        boolean of(Installed installed) throws IOException;
    }

    private static boolean check(ServiceFolder folder, Release release, Check check) {
        try {
            return check.of(new Installed(folder.version(release.version()), release.payload()));
        } catch (IOException e) {
            log.warn(
                    "{} {} on {}: its installed files can't be verified: {}",
                    folder.service(),
                    release.version(),
                    folder.machine(),
                    e.toString());
            return false;
        }
    }

    /**
     * Installs a release from the store and verifies each of its bytes. What was installed of the version before goes; never while it runs.
     *
     * @throws InstallException where this payload can't be run
     * @throws WrongBytes where the file in the store is not what its name says
     */
    public Program install(ServiceFolder folder, Release release, Path stored) throws IOException, InstallException {
        Files.createDirectories(folder.data());
        Path version = folder.version(release.version());
        Path making = version.resolveSibling(".installing");
        Path outdated = version.resolveSibling(".outdated");
        FileTree.delete(making);
        FileTree.delete(outdated);
        Files.createDirectories(making);
        try {
            Path program = making.resolve(version.relativize(folder.payload(release.version())));
            Path bundle = making.resolve(version.relativize(folder.bundle(release.version())));
            Installed made = new Installed(making, release.payload());
            switch (kind(release, stored)) {
                case PROGRAM -> made.seal(copy(release, stored, program));
                case BUNDLE -> made.seal(unpack(release, stored, bundle));
            }
            if (Files.exists(version)) {
                Files.move(version, outdated, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(making, version, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(making);
            FileTree.delete(outdated);
        }
        return program(folder, release);
    }

    /** What is known of the digests of the files: of this one it is the payload's. */
    private static Map<Path, String> copy(Release release, Path stored, Path program) throws IOException {
        Files.copy(stored, program);
        check(release, program);
        FileTree.lock(program, true);
        return Map.of(program, release.payload().sha256());
    }

    private Map<Path, String> unpack(Release release, Path stored, Path bundle) throws IOException, InstallException {
        check(release, stored);
        Files.createDirectories(bundle);
        BundleUnpacker.unpack(stored, bundle.toRealPath(), limits);
        DescriptorReader.read(bundle).program(bundle);
        FileTree.lockFolders(bundle);
        return Map.of();
    }

    private static PayloadKind kind(Release release, Path stored) throws IOException, InstallException {
        try {
            return PayloadKind.of(stored);
        } catch (InstallException e) {
            check(release, stored);
            throw e;
        }
    }

    private static void check(Release release, Path file) throws IOException {
        if (!Sha256.of(file).equals(release.payload().sha256())) {
            throw new WrongBytes();
        }
    }

    /** What to start, for a release that is installed. */
    public Program program(ServiceFolder folder, Release release) throws IOException, InstallException {
        Path payload = folder.payload(release.version());
        if (Files.exists(payload)) {
            return new Program(List.of(payload.toString()), Map.of(), folder.data(), null, null);
        }
        Path bundle = folder.bundle(release.version());
        return DescriptorReader.read(bundle).program(bundle);
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
                String name = version.getFileName().toString();
                if (!keep.contains(name) && !name.startsWith(".")) {
                    FileTree.delete(version);
                }
            }
        }
    }

    /** The file in the store is not what it should be. */
    public static final class WrongBytes extends IOException {
        private static final long serialVersionUID = 1L;

        WrongBytes() {
            super("the stored payload has changed on disk");
        }
    }
}
