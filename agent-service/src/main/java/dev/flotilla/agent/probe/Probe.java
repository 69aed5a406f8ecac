package dev.flotilla.agent.probe;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a service's health is asked for.
 *
 * @param interval from one question to the next
 * @param timeout how long an answer may take
 * @param failureThreshold after so many failures in a row it is unhealthy
 */
public record Probe(Check check, Duration interval, Duration timeout, int failureThreshold) {
    /** One kind of question. */
    public sealed interface Check {}

    /** Healthy while the command, started in the bundle's folder, ends with exit code 0. */
    public record Exec(List<String> command) implements Check {
        public Exec {
            command = List.copyOf(command);
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new IllegalArgumentException("must be a list that begins with the program to run");
            }
        }
    }

    /** Healthy while a GET is answered with a status from 200 to 399. */
    public record Http(URI address) implements Check {
        public static Http parse(String text) {
            URI address = URI.create(text);
            if (!"http".equals(address.getScheme()) || address.getHost() == null) {
                throw new IllegalArgumentException("must be like http://127.0.0.1:9000/health");
            }
            return new Http(address);
        }
    }

    /** Healthy while connections are accepted. */
    public record Tcp(String host, int port) implements Check {
        private static final int HIGHEST_PORT = 65_535;

        public static Tcp parse(String text) {
            int colon = text.lastIndexOf(':');
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port > 0 && port <= HIGHEST_PORT) {
                    return new Tcp(colon > 0 ? text.substring(0, colon) : "127.0.0.1", port);
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException("must be like 127.0.0.1:9000, or a port alone");
        }
    }
}
