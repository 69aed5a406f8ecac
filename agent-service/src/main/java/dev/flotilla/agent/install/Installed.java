package dev.flotilla.agent.install;

import dev.flotilla.agent.install.Seal.Entry;
import dev.flotilla.agent.install.Seal.Stamp;
import dev.flotilla.agent.payload.Sha256;
import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The installed files of one version, and the {@link Seal} that was put on them when each of their bytes was verified. A file whose size, times
 * and inode are still those of the seal has not been written since, and is not read again.
 */
final class Installed {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SEAL = ".seal";

    private final Path folder;
    private final Payload payload;

    Installed(Path folder, Payload payload) {
        this.folder = folder;
        this.payload = payload;
    }

    /** True where this payload was installed once. */
    boolean known() throws IOException {
        return read() != null;
    }

    /** True where nothing has been written to since it was verified, in this boot of the machine. Reads no file but the seal. */
    boolean untouched() throws IOException {
        Seal seal = read();
        if (seal == null || !seal.boot().equals(boot())) {
            return false;
        }
        SortedMap<String, Entry> found = scan();
        return alike(seal.entries(), found)
                && seal.entries().entrySet().stream()
                        .allMatch(entry -> sameStamp(entry.getValue(), found.get(entry.getKey())));
    }

    /** True where every byte is what it was when it was sealed; what looks changed is read again, and sealed again where it is right. */
    boolean verify() throws IOException {
        Seal seal = read();
        if (seal == null) {
            return false;
        }
        SortedMap<String, Entry> found = scan();
        if (!alike(seal.entries(), found)) {
            return false;
        }
        boolean sameBoot = seal.boot().equals(boot());
        SortedMap<String, Entry> verified = new TreeMap<>();
        for (Map.Entry<String, Entry> entry : seal.entries().entrySet()) {
            Entry sealed = entry.getValue();
            Entry now = found.getOrDefault(entry.getKey(), sealed);
            boolean read = sealed.stamp() != null && !(sameBoot && sameStamp(sealed, now));
            if (read && !Sha256.of(folder.resolve(entry.getKey())).equals(sealed.content())) {
                return false;
            }
            verified.put(entry.getKey(), new Entry(sealed.kind(), sealed.content(), now.stamp()));
        }
        write(new Seal(payload.sha256(), boot(), verified));
        return true;
    }

    /**
     * Seals what lies in the folder now, which has just been made from verified bytes.
     *
     * @param digests of files that were read for that already
     */
    void seal(Map<Path, String> digests) throws IOException {
        SortedMap<String, Entry> sealed = new TreeMap<>();
        for (Map.Entry<String, Entry> entry : scan().entrySet()) {
            Entry found = entry.getValue();
            Path path = folder.resolve(entry.getKey());
            String known = digests.get(path);
            String content = known != null ? known : found.stamp() == null ? found.content() : Sha256.of(path);
            sealed.put(entry.getKey(), new Entry(found.kind(), content, found.stamp()));
        }
        write(new Seal(payload.sha256(), boot(), sealed));
    }

    private static boolean alike(SortedMap<String, Entry> sealed, SortedMap<String, Entry> found) {
        return sealed.keySet().equals(found.keySet())
                && sealed.entrySet().stream().allMatch(entry -> {
                    Entry now = found.get(entry.getKey());
                    return now != null && entry.getValue().alike(now);
                });
    }

    private static boolean sameStamp(Entry sealed, @Nullable Entry now) {
        return now != null && Objects.equals(sealed.stamp(), now.stamp());
    }

    private @Nullable Seal read() throws IOException {
        try {
            Seal seal = JSON.readValue(Files.readAllBytes(folder.resolve(SEAL)), Seal.class);
            return payload.sha256().equals(seal.payload()) ? seal : null;
        } catch (NoSuchFileException | JacksonException e) {
            return null;
        }
    }

    private void write(Seal seal) throws IOException {
        Path making = folder.resolve(".sealing");
        Files.write(making, JSON.writeValueAsBytes(seal));
        Files.move(making, folder.resolve(SEAL), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private SortedMap<String, Entry> scan() throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                if (!path.equals(folder)) {
                    entries.put(name(path), entry(path, attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                String name = name(path);
                if (!name.equals(SEAL) && !name.equals(".sealing")) {
                    entries.put(name, entry(path, attributes));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return entries;
    }

    private String name(Path path) {
        return folder.relativize(path).toString();
    }

    private static Entry entry(Path path, BasicFileAttributes attributes) throws IOException {
        int kind = (Integer) stat(path, "mode");
        if (attributes.isSymbolicLink()) {
            return new Entry(kind, Files.readSymbolicLink(path).toString(), null);
        }
        if (attributes.isDirectory()) {
            return new Entry(kind, "", null);
        }
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        long changed = ((FileTime) stat(path, "ctime")).to(TimeUnit.NANOSECONDS);
        return new Entry(kind, "", new Stamp(attributes.size(), modified, changed, (Long) stat(path, "ino")));
    }

    private static Object stat(Path path, String attribute) throws IOException {
        return Objects.requireNonNull(
                Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS), attribute);
    }

    private static String boot() throws IOException {
        return Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
    }
}
