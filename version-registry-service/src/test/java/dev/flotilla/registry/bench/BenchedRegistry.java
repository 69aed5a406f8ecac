package dev.flotilla.registry.bench;

import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.testing.TestDatabase;
import dev.flotilla.registry.RegistryProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A registry in a process of its own, over an embedded PostgreSQL that makes every commit durable. */
final class BenchedRegistry implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final TestDatabase database;
    private final List<String> jvmOptions;
    private RegistryProcess registry;

    BenchedRegistry(List<String> jvmOptions) throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        String url = postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
        database = new TestDatabase(url, "postgres", "postgres");
        this.jvmOptions = jvmOptions;
        registry = new RegistryProcess(database, jvmOptions);
    }

    TestDatabase database() {
        return database;
    }

    /** Ends it and starts it again; returns once it answers. */
    void restart() throws IOException {
        registry.close();
        registry = new RegistryProcess(database, jvmOptions);
    }

    RegistryProcess process() {
        return registry;
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", registry.port());
    }

    LocalIssuer issuer() {
        return registry.issuer();
    }

    Duration cpu() {
        return registry.cpu();
    }

    @Override
    public void close() throws IOException {
        registry.close();
        postgres.close();
    }
}
