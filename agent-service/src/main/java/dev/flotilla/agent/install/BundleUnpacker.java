package dev.flotilla.agent.install;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks a {@code tar.gz} from someone who may mean harm: nothing is written outside the folder, no link leads out of it, and it
 * can't fill the disk. Of the permissions only the executable bit is kept; nobody may write the files.
 */
final class BundleUnpacker {
    private static final int BUFFER = 64 * 1024;
    private static final int EXECUTABLE = 0111;

    private final Path root;
    private final BundleLimits limits;
    private final Map<Path, String> links = new LinkedHashMap<>();
    private long bytes;
    private int entries;

    private BundleUnpacker(Path root, BundleLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    /** @param root an existing, empty folder, by its real path */
    static void unpack(Path archive, Path root, BundleLimits limits) throws IOException, InstallException {
        BundleUnpacker unpacker = new BundleUnpacker(root, limits);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
                TarArchiveInputStream tar = new TarArchiveInputStream(gunzip(file), "UTF-8")) {
            TarArchiveEntry entry = nextEntry(tar);
            if (entry == null) {
                throw new InstallException("the bundle is empty, or a gzip file that holds no tar archive");
            }
            while (entry != null) {
                unpacker.unpack(entry, tar);
                entry = nextEntry(tar);
            }
        }
        unpacker.makeLinks();
    }

    private static InputStream gunzip(InputStream file) throws InstallException {
        try {
            return GzipCompressorInputStream.builder()
                    .setInputStream(file)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static TarArchiveEntry nextEntry(TarArchiveInputStream tar) throws InstallException {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw broken(e);
        }
    }

    private static InstallException broken(Exception e) {
        return new InstallException("the bundle is no intact tar.gz archive: " + e.getMessage());
    }

    private void unpack(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException, InstallException {
        if (++entries > limits.entries()) {
            throw new InstallException("the bundle has more than " + limits.entries() + " entries");
        }
        Path target = inside(entry.getName(), "entry");
        if (entry.isDirectory()) {
            makeFolder(target, entry);
        } else if (entry.isSymbolicLink()) {
            makeFolder(parent(target), entry);
            if (links.putIfAbsent(target, entry.getLinkName()) != null) {
                throw twice(entry);
            }
        } else if (entry.isLink()) {
            makeFolder(parent(target), entry);
            hardLink(entry, target);
        } else if (entry.isFile() && !special(entry)) {
            makeFolder(parent(target), entry);
            writeFile(entry, tar, target);
        } else {
            throw new InstallException(
                    "the bundle's entry '" + entry.getName() + "' is neither a file, a folder nor a link");
        }
    }

    private static boolean special(TarArchiveEntry entry) {
        return entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice();
    }

    private void writeFile(TarArchiveEntry entry, InputStream tar, Path target) throws IOException, InstallException {
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = read(tar, buffer); read >= 0; read = read(tar, buffer)) {
                bytes += read;
                if (bytes > limits.bytes()) {
                    throw new InstallException("the bundle unpacks to more than " + limits.bytes() + " bytes");
                }
                out.write(buffer, 0, read);
            }
        } catch (FileAlreadyExistsException e) {
            throw twice(entry);
        }
        FileTree.lock(target, (entry.getMode() & EXECUTABLE) != 0);
    }

    private static int read(InputStream tar, byte[] buffer) throws InstallException {
        try {
            return tar.read(buffer);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void makeFolder(Path folder, TarArchiveEntry entry) throws IOException, InstallException {
        for (Path part = folder; !part.equals(root); part = parent(part)) {
            if (links.containsKey(part)) {
                throw new InstallException("the bundle's entry '" + entry.getName() + "' lies behind a link");
            }
        }
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw twice(entry);
        }
    }

    private void hardLink(TarArchiveEntry entry, Path target) throws IOException, InstallException {
        Path existing = inside(entry.getLinkName(), "link target");
        if (!Files.isRegularFile(existing, LinkOption.NOFOLLOW_LINKS)) {
            throw new InstallException("the bundle's link '" + entry.getName() + "' points to '" + entry.getLinkName()
                    + "', which is no file before it in the bundle");
        }
        try {
            Files.createLink(target, existing);
        } catch (FileAlreadyExistsException e) {
            throw twice(entry);
        }
    }

    /** Made last, so that nothing can be written through them; then followed, since chains of links defeat reading their text. */
    private void makeLinks() throws IOException, InstallException {
        for (Map.Entry<Path, String> link : links.entrySet()) {
            Path name = root.relativize(link.getKey());
            if (link.getValue().startsWith("/")) {
                throw new InstallException("the bundle's link '" + name + "' is absolute: " + link.getValue());
            }
            try {
                Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
            } catch (FileAlreadyExistsException e) {
                throw new InstallException("the bundle has two entries named '" + name + "'");
            }
        }
        for (Path link : links.keySet()) {
            try {
                if (!link.toRealPath().startsWith(root)) {
                    throw new InstallException("the bundle's link '" + root.relativize(link) + "' leads out of it");
                }
            } catch (NoSuchFileException | java.nio.file.FileSystemLoopException e) {
                throw new InstallException("the bundle's link '" + root.relativize(link) + "' leads nowhere");
            } catch (java.nio.file.FileSystemException e) {
                throw new InstallException("the bundle's link '" + root.relativize(link) + "' can't be followed");
            }
        }
    }

    private Path inside(String name, String what) throws InstallException {
        if (name.isEmpty() || name.startsWith("/") || name.indexOf('\0') >= 0) {
            throw new InstallException("the bundle's " + what + " '" + name + "' is not a relative path");
        }
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw new InstallException("the bundle's " + what + " '" + name + "' leads out of it");
            }
        }
        try {
            return root.resolve(name).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw new InstallException("the bundle's " + what + " '" + name + "' is no valid path");
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static InstallException twice(TarArchiveEntry entry) {
        return new InstallException("the bundle has two entries named '" + entry.getName() + "'");
    }
}
