package dev.flotilla.platform.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A fresh, empty database on a real PostgreSQL, one server for all tests of a process: in a container where a Docker engine answers, else the
 * embedded one. {@code -Dflotilla.test.database=docker} or {@code =embedded} chooses by hand.
 *
 * @param url JDBC address of the new database
 */
public record TestDatabase(String url, String username, String password) {
    private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);
    private static final String IMAGE = "postgres:18";

    /** A new database that nobody else uses. */
    public static TestDatabase create() {
        TestDatabase server = Server.SHARED;
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(server.url, server.username, server.password);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no test database can be made on " + server.url, e);
        }
        return new TestDatabase(
                server.url.replaceFirst("(//[^/]+/)[^?]+", "$1" + name), server.username, server.password);
    }

    private static final class Server {
        static final TestDatabase SHARED = start();

        private static TestDatabase start() {
            return switch (System.getProperty("flotilla.test.database", "auto")) {
                case "docker" -> container();
                case "embedded" -> embedded();
                default -> dockerAnswers() ? containerOrEmbedded() : embedded();
            };
        }

        private static TestDatabase containerOrEmbedded() {
            try {
                return container();
            } catch (RuntimeException e) {
                log.warn(
                        "Docker answers, but {} does not start ({}); the embedded PostgreSQL is used",
                        IMAGE,
                        e.getMessage());
                return embedded();
            }
        }

        private static boolean dockerAnswers() {
            try {
                return DockerClientFactory.instance().isDockerAvailable();
            } catch (RuntimeException e) {
                return false;
            }
        }

        @SuppressWarnings(
                "resource") // lives as long as the tests' process; removed by Testcontainers, or by the shutdown hook
        private static TestDatabase container() {
            PostgreSQLContainer postgres = new PostgreSQLContainer(IMAGE);
            postgres.start();
            log.info("tests use PostgreSQL in a container ({})", IMAGE);
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
            return new TestDatabase(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
        }

        private static TestDatabase embedded() {
            log.info("tests use the embedded PostgreSQL");
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "64MB")
                        .start();
                return new TestDatabase(
                        postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""), "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
            }
        }
    }
}
