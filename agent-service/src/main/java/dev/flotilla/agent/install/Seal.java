package dev.flotilla.agent.install;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was installed of a payload, verified, and by what a change shows.
 *
 * @param payload the digest of the payload that it came from
 * @param boot the boot of the machine in which the files were last read: what was written before a power cut may never have reached the disk
 * @param entries all files, folders and links, by their path in the version's folder
 */
record Seal(String payload, String boot, SortedMap<String, Entry> entries) {
    Seal {
        entries = new TreeMap<>(entries);
    }

    /**
     * A file, folder or link.
     *
     * @param kind its type and permissions, as stat(2) has them
     * @param content the digest of a file's bytes, or where a link leads; empty for a folder
     * @param stamp of a file, when the digest was taken; null for others
     */
    record Entry(int kind, String content, @Nullable Stamp stamp) {
        /** Whether it is still the same thing, leaving open whether a file's bytes are. */
        boolean alike(Entry other) {
            return kind == other.kind && (stamp != null || content.equals(other.content));
        }
    }

    /** What the file system says of a file; bytes don't change without one of these. Times in nanoseconds since 1970. */
    record Stamp(long size, long modified, long changed, long inode) {}
}
