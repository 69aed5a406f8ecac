package dev.flotilla.cli.remote;

import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.client.RemoteUnavailable;
import dev.flotilla.platform.security.TokenSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Uploads a file of any size: it is read from disk as it is sent, and its digest is sent along and checked at the other end. */
public final class Uploader {
    private static final int BUFFER = 1 << 16;

    private final HttpClient http;
    private final URI address;
    private final TokenSource tokens;
    private final JsonMapper json;

    /**
     * What came of it.
     *
     * @param added false if the same bytes were there already
     */
    public record Uploaded(Version version, boolean added) {}

    Uploader(HttpClient http, URI address, TokenSource tokens, JsonMapper json) {
        this.http = http;
        this.address = address;
        this.tokens = tokens;
        this.json = json;
    }

    public Uploaded upload(Path file, String service, String version) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(
                        "/v1/services/" + Encoded.segment(service) + "/versions/" + Encoded.segment(version)))
                .header("Authorization", "Bearer " + tokens.token())
                .header("Content-Type", "application/octet-stream")
                .header("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(sha256(file)) + ":")
                .PUT(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RemoteUnavailable("upload-service at " + address, Encoded.reason(e), e);
        }
        if (response.statusCode() >= 400) {
            throw new Refusals("upload-service", json).of(response);
        }
        return new Uploaded(json.readValue(response.body(), Version.class), response.statusCode() == 201);
    }

    private static byte[] sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
