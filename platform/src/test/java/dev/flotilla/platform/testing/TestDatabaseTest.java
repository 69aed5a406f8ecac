package dev.flotilla.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void eachTestGetsARealEmptyDatabaseOfItsOwn() throws Exception {
        TestDatabase first = TestDatabase.create();
        TestDatabase second = TestDatabase.create();
        try (var connection = DriverManager.getConnection(first.url(), first.username(), first.password());
                var statement = connection.createStatement()) {
            statement.execute("create table only_here (id int)");
            assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith("18");
        }
        try (var connection = DriverManager.getConnection(second.url(), second.username(), second.password());
                var tables = connection.getMetaData().getTables(null, "public", "only_here", null)) {
            assertThat(tables.next()).isFalse();
        }
    }
}
