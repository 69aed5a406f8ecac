package dev.flotilla.agent;

import com.sun.net.httpserver.HttpServer;
import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Scripts, served as upload-service serves payloads, without ranges. */
final class TestPayloads {
    private final Map<String, byte[]> versions = new ConcurrentHashMap<>();

    Payload script(String version, String lines) {
        byte[] bytes = ("#!/bin/sh\n" + lines + "\n").getBytes(StandardCharsets.UTF_8);
        versions.put(version, bytes);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Payload(HexFormat.of().formatHex(digest), bytes.length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpServer serve(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/v1/services/hello/versions/", exchange -> {
            try (exchange) {
                String[] parts = exchange.getRequestURI().getPath().split("/", -1);
                byte[] bytes = versions.get(parts[5]);
                boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
                if (bytes == null || !known) {
                    exchange.sendResponseHeaders(known ? 404 : 401, -1);
                } else {
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
        server.start();
        return server;
    }
}
