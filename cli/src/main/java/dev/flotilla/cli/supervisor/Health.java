package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a part whether it takes requests. */
public final class Health {
    private static final int PATIENCE_MILLIS = 2000;

    private Health() {}

    public static boolean ready(URI address) {
        try {
            return status(address.resolve("/actuator/health/readiness"), PATIENCE_MILLIS) == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it answers anything at all. */
    static boolean answers(URI address, Duration patience) {
        try {
            return status(address.resolve("/actuator/health/liveness"), Math.toIntExact(patience.toMillis())) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int status(URI address, int patienceMillis) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(patienceMillis);
        connection.setReadTimeout(patienceMillis);
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (body != null) {
                body.readAllBytes();
            }
        }
        return status;
    }
}
