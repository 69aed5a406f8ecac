package dev.flotilla.agent.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleUnpackerTest {
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    private Path outside;
    private Path root;

    @BeforeEach
    void begin() throws IOException {
        outside = temporary.toRealPath();
        root = Files.createDirectories(outside.resolve("root"));
    }

    @Test
    void filesFoldersAndLinksAreUnpackedWithTheirExecutableBits() throws Exception {
        unpack(new Bundles()
                .script("./bin/run", "true")
                .file("etc/a.conf", 0600, TEXT)
                .file("setuid", 04755, TEXT)
                .symlink("current", "etc")
                .hardLink("etc/b.conf", "etc/a.conf")
                .pack());

        assertThat(Files.isExecutable(root.resolve("bin/run"))).isTrue();
        assertThat(Files.isExecutable(root.resolve("etc/a.conf"))).isFalse();
        assertThat(Files.getAttribute(root.resolve("setuid"), "unix:mode")).isEqualTo(0100555);
        assertThat(root.resolve("current/a.conf")).hasBinaryContent(TEXT);
        assertThat(root.resolve("etc/b.conf")).hasBinaryContent(TEXT);
    }

    @Test
    void nothingIsWrittenOutsideTheFolder() {
        for (String name : new String[] {"../evil", "a/../../evil", "/evil", "a/..", ".."}) {
            refused("leads out of it|is not a relative path", new Bundles().file(name, 0644, TEXT));
        }
        refused("leads out of it", new Bundles().hardLink("link", "../victim"));
        assertThat(outside.resolve("evil")).doesNotExist();
    }

    @Test
    void noLinkLeadsOut() {
        refused("leads out of it|leads nowhere", new Bundles().symlink("link", "../.."));
        refused("is absolute", new Bundles().symlink("link", "/etc/passwd"));
        refused("leads nowhere", new Bundles().symlink("link", "missing"));
        refused(
                "leads nowhere|can't be followed",
                new Bundles().symlink("a", "b").symlink("b", "a"));
        // neither of these three leads out on its own
        refused(
                "leads out of it",
                new Bundles()
                        .file("d/e/file", 0644, TEXT)
                        .symlink("d/e/f", "../..")
                        .symlink("g", "d/e/f/../."));
    }

    @Test
    void nothingIsWrittenThroughALink() {
        refused(
                "lies behind a link",
                new Bundles()
                        .file("real/file", 0644, TEXT)
                        .symlink("link", "real")
                        .file("link/evil", 0644, TEXT));
        refused("two entries", new Bundles().symlink("link", "real").symlink("link", "other"));
        refused("two entries", new Bundles().file("a", 0644, TEXT).symlink("a", "b"));
        refused("two entries", new Bundles().file("a", 0644, TEXT).file("a", 0644, TEXT));
        refused("two entries", new Bundles().file("a", 0644, TEXT).file("a/b", 0644, TEXT));
    }

    @Test
    void devicesAndPipesAreRefused() {
        for (byte type : new byte[] {TarConstants.LF_FIFO, TarConstants.LF_CHR, TarConstants.LF_BLK}) {
            refused("neither a file, a folder nor a link", new Bundles().special("odd", type, ""));
        }
    }

    @Test
    void aBundleCannotFillTheDisk() {
        refused("unpacks to more than 10000 bytes", new Bundles().file("big", 0644, new byte[10_001]));
        Bundles many = new Bundles();
        for (int i = 0; i < 21; i++) {
            many.file("f" + i, 0644, TEXT);
        }
        refused("more than 20 entries", many);
    }

    @Test
    void whatIsNoIntactArchiveIsRefused() throws IOException {
        byte[] whole = new Bundles().file("noise", 0644, noise()).pack();
        refusedBytes("no intact tar.gz", Arrays.copyOf(whole, whole.length / 2));
        refusedBytes("no intact tar.gz", new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
        refusedBytes("no tar archive|no intact tar.gz", gzip(TEXT));
        refusedBytes("no tar archive|no intact tar.gz", gzip(noise()));
        refusedBytes("holds no tar archive", new Bundles().pack());
    }

    private static byte[] noise() {
        byte[] noise = new byte[5_000];
        new java.util.Random(3).nextBytes(noise);
        return noise;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private void refused(String reason, Bundles bundle) {
        refusedBytes(reason, bundle.pack());
    }

    private void refusedBytes(String reason, byte[] bundle) {
        assertThatThrownBy(() -> unpack(bundle))
                .isInstanceOf(InstallException.class)
                .message()
                .containsPattern(reason);
    }

    private void unpack(byte[] bundle) throws IOException, InstallException {
        FileTree.delete(root);
        Files.createDirectories(root);
        Path archive = Files.write(outside.resolve("bundle.tar.gz"), bundle);
        BundleUnpacker.unpack(archive, root, new BundleLimits(10_000, 20));
    }
}
