package dev.flotilla.agent.install;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Makes bundles, also such as nobody should make. */
public final class Bundles {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    public Bundles() {
        try {
            tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes), "UTF-8");
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Bundles descriptor(String yaml) {
        return file("flotilla.yaml", 0644, yaml.getBytes(StandardCharsets.UTF_8));
    }

    public Bundles script(String name, String lines) {
        return file(name, 0755, ("#!/bin/sh\n" + lines + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public Bundles file(String name, int mode, byte[] content) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
        entry.setMode(mode);
        entry.setSize(content.length);
        return add(entry, content);
    }

    Bundles special(String name, byte type, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    Bundles symlink(String name, String target) {
        return special(name, TarConstants.LF_SYMLINK, target);
    }

    Bundles hardLink(String name, String target) {
        return special(name, TarConstants.LF_LINK, target);
    }

    private Bundles add(TarArchiveEntry entry, byte[] content) {
        try {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] pack() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
