package dev.flotilla.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.api.upload.DeletedVersion;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.api.upload.Version;
import dev.flotilla.cli.terminal.Moments;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionLineTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final Moments MOMENTS = new Moments(NOON, ZoneId.of("UTC"));

    @Test
    void aVersionThatMachinesHaveThoughItWasDeletedIsShownAsDeleted() {
        List<VersionLine> lines = VersionLine.join(
                List.of(version("2.0")),
                Map.of("1.0", running("1.0", 3)),
                name -> VersionLine.deleted(new DeletedVersion(version(name), NOON, "petra")));

        assertThat(lines).extracting(VersionLine::name).containsExactly("2.0", "1.0");
        assertThat(lines.getFirst().running()).isNull();
        assertThat(lines.getFirst().remark(MOMENTS)).isEmpty();
        assertThat(lines.getLast().running()).isEqualTo(running("1.0", 3));
        assertThat(lines.getLast().remark(MOMENTS)).isEqualTo("deleted 12:00:00 UTC by petra");
    }

    @Test
    void oneThatMachinesHaveThoughNobodyUploadedItIsShownAsSuch() {
        List<VersionLine> lines = VersionLine.join(List.of(), Map.of("0.1", running("0.1", 1)), VersionLine::unknown);

        assertThat(lines)
                .singleElement()
                .extracting(line -> line.remark(MOMENTS))
                .isEqualTo("never uploaded");
    }

    @Test
    void uploadedVersionsAreNotLookedUpAgain() {
        List<VersionLine> lines = VersionLine.join(List.of(version("1.0")), Map.of("1.0", running("1.0", 1)), name -> {
            throw new AssertionError("looked up " + name);
        });

        assertThat(lines).singleElement().extracting(VersionLine::running).isEqualTo(running("1.0", 1));
    }

    private static Version version(String name) {
        return new Version("hello", name, new Payload("0".repeat(64), 5), NOON, "owner");
    }

    private static VersionCount running(String name, long machines) {
        return new VersionCount(name, machines, Map.of(), 0);
    }
}
