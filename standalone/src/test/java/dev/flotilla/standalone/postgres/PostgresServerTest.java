package dev.flotilla.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsDataThroughAKillAndThroughAStop() throws Exception {
        PostgresCluster cluster = cluster();
        try (PostgresServer server = PostgresServer.start(cluster, log())) {
            execute(server, "CREATE TABLE kept (word text)");
            execute(server, "INSERT INTO kept VALUES ('first')");
            server.process().destroyForcibly();
            server.process().onExit().join();
        }
        try (PostgresServer server = PostgresServer.start(cluster, log())) {
            assertThat(query(server, "SELECT word FROM kept")).isEqualTo("first");
            execute(server, "UPDATE kept SET word = 'second'");
        }
        try (PostgresServer server = PostgresServer.start(cluster, log())) {
            assertThat(query(server, "SELECT word FROM kept")).isEqualTo("second");
        }
    }

    @Test
    void stopsAServerThatWasLeftRunningOnItsDataBeforeItStarts() throws Exception {
        PostgresCluster cluster = cluster();
        try (PostgresServer leftover = PostgresServer.start(cluster, log())) {
            execute(leftover, "CREATE TABLE kept AS SELECT 'still there' AS word");
            try (PostgresServer server = PostgresServer.start(cluster, log())) {
                assertThat(leftover.process().isAlive()).isFalse();
                assertThat(query(server, "SELECT word FROM kept")).isEqualTo("still there");
            }
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (PostgresServer server = PostgresServer.start(cluster(), log())) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> DriverManager.getConnection(server.jdbcUrl(), PostgresCluster.USER, "guessed")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void answersWhileItRunsAndNotWhileItStandsStillOrIsGone() throws Exception {
        int port;
        try (PostgresServer server = PostgresServer.start(cluster(), log())) {
            port = URI.create(server.jdbcUrl().substring("jdbc:".length())).getPort();
            assertThat(PostgresServer.answers(port, Duration.ofSeconds(10))).isTrue();
            signal("STOP", server);
            assertThat(PostgresServer.answers(port, Duration.ofMillis(300))).isFalse();
            signal("CONT", server);
            assertThat(PostgresServer.answers(port, Duration.ofSeconds(10))).isTrue();
        }
        assertThat(PostgresServer.answers(port, Duration.ofSeconds(10))).isFalse();
    }

    private static void signal(String name, PostgresServer server) throws Exception {
        String pid = Long.toString(server.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    private PostgresCluster cluster() throws Exception {
        Path shared = Path.of("target").toAbsolutePath();
        return new PostgresCluster(PostgresBinaries.unpackInto(shared), folder.resolve("postgres"), "secret");
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), PostgresCluster.USER, server.password());
    }
}
