package dev.flotilla.cli.fleet;

import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.api.upload.DeletedVersion;
import dev.flotilla.api.upload.Version;
import dev.flotilla.cli.terminal.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A version, and where it is.
 *
 * @param version null for one that was never uploaded
 * @param deletedAt null where it was not deleted
 * @param running null where no machine has it
 */
record VersionLine(
        String name,
        @Nullable Version version,
        @Nullable Instant deletedAt,
        @Nullable String deletedBy,
        @Nullable VersionCount running) {

    static VersionLine uploaded(Version version) {
        return new VersionLine(version.version(), version, null, null, null);
    }

    static VersionLine deleted(DeletedVersion gone) {
        return new VersionLine(gone.version().version(), gone.version(), gone.deletedAt(), gone.deletedBy(), null);
    }

    static VersionLine unknown(String name) {
        return new VersionLine(name, null, null, null, null);
    }

    /** The versions that are uploaded, and then those that machines have beside them, which are looked up one by one. */
    static List<VersionLine> join(
            List<Version> uploaded, Map<String, VersionCount> running, Function<String, VersionLine> lookup) {
        List<VersionLine> lines = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (Version version : uploaded) {
            shown.add(version.version());
            lines.add(uploaded(version).with(running.get(version.version())));
        }
        running.forEach((version, count) -> {
            if (!shown.contains(version)) {
                lines.add(lookup.apply(version).with(count));
            }
        });
        return lines;
    }

    /** What is odd about it; empty for most. */
    String remark(Moments moments) {
        if (deletedAt != null) {
            return "deleted " + moments.at(deletedAt) + " by " + deletedBy;
        }
        return version == null ? "never uploaded" : "";
    }

    private VersionLine with(@Nullable VersionCount count) {
        return new VersionLine(name, version, deletedAt, deletedBy, count);
    }
}
