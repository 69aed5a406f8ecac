package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.payload.FetchException;
import dev.flotilla.agent.payload.PayloadSource;
import dev.flotilla.api.upload.Payload;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Payloads in memory, by version. */
final class FakePayloads implements PayloadSource {
    final AtomicInteger opened = new AtomicInteger();
    /** Held by a test that wants downloads to wait. */
    final Semaphore gate = new Semaphore(1);

    private final Map<String, byte[]> versions = new ConcurrentHashMap<>();

    Payload add(String version, byte[] bytes) {
        versions.put(version, bytes.clone());
        return new Payload(sha256(bytes), bytes.length);
    }

    Payload script(String version, String lines) {
        return add(version, ("#!/bin/sh\n" + lines + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Download open(Wanted wanted, long offset) throws FetchException {
        opened.incrementAndGet();
        gate.acquireUninterruptibly();
        gate.release();
        byte[] bytes = versions.get(wanted.version());
        if (bytes == null) {
            throw new FetchException("there is no version " + wanted.version(), true);
        }
        return new Download(new ByteArrayInputStream(bytes), 0);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
