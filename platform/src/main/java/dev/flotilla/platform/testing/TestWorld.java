package dev.flotilla.platform.testing;

import dev.flotilla.platform.orders.OrderKeys;
import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.support.TestPropertySourceUtils;
import org.springframework.util.FileSystemUtils;

/** Gives the context under test a database, a data folder with keys, and a token of its own. */
class TestWorld implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Path data = dataFolder();
        LocalIssuer issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
        OrderKeys.openOrCreate(data.resolve("keys"));
        write(
                data.resolve("own.token"),
                issuer.issue("service-under-test", Set.of(Role.SERVICE), List.of(), List.of(), Duration.ofHours(1)));
        write(
                data.resolve("to-agents.token"),
                issuer.issueFor(
                        Audience.AGENTS,
                        "service-under-test",
                        Set.of(Role.SERVICE),
                        List.of(),
                        List.of(),
                        Duration.ofHours(1)));
        TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
                context,
                "flotilla.data=" + data,
                "flotilla.security.public-key-file=" + data.resolve("keys/issuer.pub"),
                "flotilla.security.token-file=" + data.resolve("own.token"),
                "flotilla.security.agent-token-file=" + data.resolve("to-agents.token"));
        if (context.getEnvironment().containsProperty("flotilla.schema")) {
            TestDatabase database = TestDatabase.create();
            TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
                    context,
                    "spring.datasource.url=" + database.url(),
                    "spring.datasource.username=" + database.username(),
                    "spring.datasource.password=" + database.password());
        }
        context.addApplicationListener(event -> {
            if (event instanceof org.springframework.context.event.ContextClosedEvent) {
                FileSystemUtils.deleteRecursively(data.toFile());
            }
        });
    }

    private static Path dataFolder() {
        try {
            return Files.createTempDirectory("flotilla-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
