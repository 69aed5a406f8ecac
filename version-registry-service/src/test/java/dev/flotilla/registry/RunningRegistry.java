package dev.flotilla.registry;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.service.FlotillaService;
import dev.flotilla.platform.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** An instance of the registry over a given database, so that tests can start several, one beside or after the other. */
public final class RunningRegistry implements AutoCloseable {
    private final Path data;
    private final LocalIssuer issuer;
    private final ConfigurableApplicationContext context;

    private RunningRegistry(Path data, ConfigurableApplicationContext context) {
        this.data = data;
        this.issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
        this.context = context;
    }

    public static RunningRegistry start(TestDatabase database, InstantSource clock, String... properties) {
        Path data = newData();
        SpringApplication application = FlotillaService.application(RegistryService.class, RegistryService.NAME);
        application.setRegisterShutdownHook(false);
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(InstantSource.class, () -> clock));
        List<String> args = new ArrayList<>(arguments(database, data, 0));
        for (String property : properties) {
            args.add("--" + property);
        }
        return new RunningRegistry(data, application.run(args.toArray(String[]::new)));
    }

    /** What a registry's command line needs to run on this database, with keys of its own. */
    public static List<String> arguments(TestDatabase database, Path data, int port) {
        return List.of(
                "--server.port=" + port,
                "--flotilla.data=" + data,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--logging.structured.format.console=");
    }

    /** A new data folder with the keys of an issuer. */
    public static Path newData() {
        try {
            Path data = Files.createTempDirectory("registry-test");
            LocalIssuer.openOrCreate(data.resolve("keys"));
            return data;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The registry as an agent sees it that carries these machines. */
    public RegistryApi agent(String... machines) {
        return client(port(), token(issuer, machines));
    }

    public static String token(LocalIssuer issuer, String... machines) {
        return issuer.issue("agent", Set.of(Role.MACHINE), List.of(), List.of(machines), Duration.ofDays(365));
    }

    public static RegistryApi client(int port, String token) {
        RestClient rest = RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader("Authorization", "Bearer " + token)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest))
                .build()
                .createClient(RegistryApi.class);
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        FileSystemUtils.deleteRecursively(data.toFile());
    }
}
