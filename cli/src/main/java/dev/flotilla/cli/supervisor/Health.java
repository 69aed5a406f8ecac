package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a part whether it takes requests. */
public final class Health {
    private static final int PATIENCE_MILLIS = 2000;

    private Health() {}

    public static boolean ready(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    address.resolve("/actuator/health/readiness").toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try (InputStream body = connection.getInputStream()) {
                body.readAllBytes();
            }
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
