package dev.flotilla.standalone;

import dev.flotilla.standalone.postgres.PostgresBinaries;
import dev.flotilla.standalone.postgres.PostgresCluster;
import dev.flotilla.standalone.postgres.PostgresPassword;
import dev.flotilla.standalone.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the services, all but the agent, in this process. Arguments are passed on to each of them; besides,
 * {@code --flotilla.services.NAME=http://HOST:PORT} moves a service to that port, and {@code --embedded-database} starts a
 * PostgreSQL server on the folder {@code --flotilla.data} first.
 */
public final class Standalone implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

    private final Services services;
    private final @Nullable PostgresServer database;

    private Standalone(Services services, @Nullable PostgresServer database) {
        this.services = services;
        this.database = database;
    }

    public static void main(String[] args) {
        try {
            Standalone standalone = start(Part.services(), List.of(args));
            Runtime.getRuntime().addShutdownHook(new Thread(standalone::close, "shutdown"));
            standalone.awaitStart();
            LOG.info("All services are up");
        } catch (Exception e) {
            LOG.error("{}: what is said before and below tells why", e.getMessage(), e);
            System.exit(1);
        }
    }

    /** Begins to start these parts. */
    public static Standalone start(List<Part> parts, List<String> args) throws IOException, InterruptedException {
        Arguments arguments = new Arguments(args);
        PostgresServer database = null;
        if (arguments.wantsDatabase()) {
            database = startDatabase(Path.of(arguments.value("flotilla.data").orElse(".flotilla")));
            arguments = arguments
                    .with("spring.datasource.url", database.jdbcUrl())
                    .with("spring.datasource.username", PostgresCluster.USER)
                    .with("spring.datasource.password", database.password());
        }
        return new Standalone(Services.start(parts, arguments), database);
    }

    /** Returns once all answer requests; throws as soon as one can't be started. */
    public void awaitStart() throws Exception {
        services.awaitStart();
    }

    @Override
    public void close() {
        try {
            services.stop();
            if (database != null) {
                database.close();
            }
        } catch (IOException e) {
            LOG.warn("PostgreSQL could not be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PostgresServer startDatabase(Path data) throws IOException, InterruptedException {
        Path folder = data.toAbsolutePath();
        return PostgresServer.start(
                new PostgresCluster(
                        PostgresBinaries.unpackInto(folder),
                        folder.resolve("postgres"),
                        PostgresPassword.openOrCreate(folder.resolve("keys"))),
                folder.resolve("logs/postgres.log"));
    }
}
