package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.platform.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.HttpServerErrorException;

class DatabaseAwayTest {
    private final TestDatabase database = TestDatabase.create();
    private final String name = database.url().replaceFirst("[?].*", "").replaceFirst(".*/", "");

    @Test
    void withoutTheDatabaseOldNewsIsTakenAndNewsIsRefusedUntilItIsBack() throws SQLException {
        try (RunningRegistry registry = RunningRegistry.start(
                database,
                InstantSource.system(),
                "flotilla.registry.reports.timeout=PT0.5S",
                "spring.datasource.hikari.connection-timeout=500")) {
            RegistryApi agent = registry.agent("*");
            agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));
            administer("alter database " + name + " with allow_connections false");
            administer("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");

            agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));
            assertThatThrownBy(() -> agent.reportRunningVersion("m1", "shop", RunningReport.running("2")))
                    .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class)
                    .hasMessageContaining("send it again");
            assertThat(agent.machine("m1").services().getFirst().version()).isEqualTo("1");

            administer("alter database " + name + " with allow_connections true");
            await().ignoreExceptions().untilAsserted(() -> {
                agent.reportRunningVersion("m1", "shop", RunningReport.running("3"));
                assertThat(agent.machine("m1").services().getFirst().version()).isEqualTo("3");
            });
            assertThat(agent.changes(null, 10, Duration.ZERO).items())
                    .extracting(Change::previousVersion)
                    .containsExactly(null, null, "1");
        }
    }

    private void administer(String sql) throws SQLException {
        String server = database.url().replace("/" + name, "/postgres");
        try (Connection connection = DriverManager.getConnection(server, database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
