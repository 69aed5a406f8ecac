package dev.flotilla.agent.payload;

import dev.flotilla.api.upload.UploadApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Payloads from upload-service. */
public final class HttpPayloadSource implements PayloadSource {
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final URI base;
    private final Supplier<String> token;
    private final int connectMillis;
    private final int stallMillis;

    /**
     * @param token gives the bearer token of this process
     * @param stall how long the source may send nothing before the connection is given up
     */
    public HttpPayloadSource(URI base, Supplier<String> token, Duration stall) {
        this.base = base;
        this.token = token;
        this.connectMillis = Math.toIntExact(Math.min(stall.toMillis(), 5_000));
        this.stallMillis = Math.toIntExact(stall.toMillis());
    }

    @Override
    public Download open(Wanted wanted, long offset) throws IOException, FetchException {
        HttpURLConnection connection =
                (HttpURLConnection) address(wanted).toURL().openConnection();
        connection.setConnectTimeout(connectMillis);
        connection.setReadTimeout(stallMillis);
        connection.setUseCaches(false);
        connection.setRequestProperty("Authorization", "Bearer " + token());
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (offset > 0) {
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
        }
        int status = connection.getResponseCode();
        return switch (status) {
            case HttpURLConnection.HTTP_OK -> new Download(connection.getInputStream(), 0);
            case HttpURLConnection.HTTP_PARTIAL ->
                new Download(connection.getInputStream(), begin(connection.getHeaderField("Content-Range"), offset));
            case RANGE_NOT_SATISFIABLE ->
                throw new FetchException("upload-service has fewer bytes of it than the order says", true);
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                throw new FetchException("upload-service does not have it (status " + status + ")", true);
            default -> {
                connection.disconnect();
                throw new IOException("upload-service answered with status " + status);
            }
        };
    }

    private String token() throws IOException {
        try {
            return token.get();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private URI address(Wanted wanted) {
        String path = UploadApi.PAYLOAD_PATH
                .replace("{service}", encode(wanted.service()))
                .replace("{version}", encode(wanted.version()));
        String start = base.toString();
        return URI.create((start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + path);
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** The first byte of {@code Content-Range: bytes 100-199/200} (RFC 9110, section 14.4). */
    private static long begin(@Nullable String contentRange, long asked) throws IOException {
        String range = contentRange == null ? "" : contentRange.toLowerCase(Locale.ROOT);
        if (!range.startsWith("bytes " + asked + "-")) {
            throw new IOException("upload-service answered a range that nobody asked for: " + contentRange);
        }
        return asked;
    }
}
