package dev.flotilla.orchestrator.testing;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.TopologyApi;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.orchestrator.OrchestratorService;
import dev.flotilla.platform.client.ClientProperties;
import dev.flotilla.platform.client.ServiceClients;
import dev.flotilla.platform.orders.OrderKeys;
import dev.flotilla.platform.orders.OrderVerifier;
import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.service.FlotillaService;
import dev.flotilla.platform.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Fakes of the other services, agents, one database, and the instances of the orchestrator that run on it. */
public final class Fleet implements AutoCloseable {
    public final FakeTargets targets = new FakeTargets();
    public final FakeDevices devices = new FakeDevices();
    public final FakeRepairs repairs = new FakeRepairs(devices);
    public final FakeTopology topology = new FakeTopology();
    public final FakeTenants tenants = new FakeTenants();
    public final FakePolicies policies = new FakePolicies();
    public final FakeRegistry registry = new FakeRegistry();
    public final FakeAgents agents;
    private final TestDatabase database = TestDatabase.create();
    private final JsonMapper json = JsonMapper.builder().build();
    private final LocalIssuer issuer;
    private final Path data;
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    public Fleet() {
        try {
            data = Files.createTempDirectory("flotilla-orchestrator");
            issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
            OrderVerifier verifier = new OrderVerifier(
                    OrderKeys.openOrCreate(data.resolve("keys")).getPublic(), json);
            Files.writeString(data.resolve("own.token"), token(Role.SERVICE));
            String forAgents = issuer.issueFor(
                    Audience.AGENTS, "tester", Set.of(Role.SERVICE), List.of(), List.of(), Duration.ofHours(1));
            Files.writeString(data.resolve("to-agents.token"), forAgents);
            agents = new FakeAgents(json, verifier, registry, forAgents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds machines named group1, group2 and so on, all alive, over five fault domains, to the environment prod and the function named. */
    public List<String> machines(String group, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> machine(group + i, group, "fd" + (i % 5 + 1)))
                .toList();
    }

    /** Adds machines of one fault domain. */
    public List<String> neighbours(String group, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> machine(group + i, group, "fd1"))
                .toList();
    }

    public String machine(String name, String function, String faultDomain) {
        devices.add(new Machine(name, "prod", function, faultDomain, "west", agents.address()));
        registry.appear(name);
        return name;
    }

    /** The machine belongs to the tenant from now on. */
    public void give(String machine, String tenant) {
        Machine place = devices.place(machine);
        devices.add(new Machine(
                place.name(),
                place.environment(),
                place.machineFunction(),
                place.faultDomain(),
                place.region(),
                place.address(),
                tenant));
    }

    /** Starts one more instance of the orchestrator on the same database. */
    public ConfigurableApplicationContext start(String... more) {
        SpringApplication application =
                FlotillaService.application(OrchestratorService.class, OrchestratorService.NAME);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean("fakeTargets", TargetApi.class, () -> targets, bean -> bean.setPrimary(true));
            beans.registerBean("fakeDevices", DeviceApi.class, () -> devices, bean -> bean.setPrimary(true));
            beans.registerBean("fakeRepairs", RepairApi.class, () -> repairs, bean -> bean.setPrimary(true));
            beans.registerBean("fakeTopology", TopologyApi.class, () -> topology, bean -> bean.setPrimary(true));
            beans.registerBean("fakeTenants", MaintenanceApi.class, () -> tenants, bean -> bean.setPrimary(true));
            beans.registerBean("fakePolicies", PolicyApi.class, () -> policies, bean -> bean.setPrimary(true));
            beans.registerBean("fakeRules", RulesApi.class, () -> policies.rules, bean -> bean.setPrimary(true));
            beans.registerBean("fakeRegistry", RegistryApi.class, () -> registry, bean -> bean.setPrimary(true));
        });
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--logging.structured.format.console=",
                "--flotilla.data=" + data,
                "--flotilla.security.token-file=" + data.resolve("own.token"),
                "--flotilla.security.agent-token-file=" + data.resolve("to-agents.token"),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--flotilla.orchestrator.topology.max-age=PT0.2S",
                "--flotilla.orchestrator.pace.retry-first=PT0.2S",
                "--flotilla.orchestrator.pace.clock-error=PT0S",
                "--flotilla.orchestrator.ticks.steady=PT2S"));
        arguments.addAll(List.of(more));
        ConfigurableApplicationContext instance = application.run(arguments.toArray(String[]::new));
        instances.add(instance);
        return instance;
    }

    public static String address(ConfigurableApplicationContext instance) {
        return "http://127.0.0.1:" + instance.getEnvironment().getProperty("local.server.port");
    }

    public String token(Role role, String... services) {
        return issuer.issue(
                "tester",
                Set.of(role),
                services.length == 0 ? List.of("*") : List.of(services),
                List.of(),
                Duration.ofHours(1));
    }

    /** A client of one instance, with a token of that role. */
    public OrchestratorApi client(ConfigurableApplicationContext instance, Role role, String... services) {
        return new ServiceClients(json, ClientProperties.DEFAULTS)
                .create(
                        OrchestratorApi.class,
                        OrchestratorService.NAME,
                        RestClient.builder().baseUrl(address(instance)),
                        () -> token(role, services));
    }

    /** How many machines of a deployment run its version, as its progress says. */
    public static String summary(DeploymentProgress progress) {
        return progress.state() + " " + progress.counts();
    }

    @Override
    public void close() {
        instances.stream()
                .filter(ConfigurableApplicationContext::isActive)
                .forEach(ConfigurableApplicationContext::close);
        agents.close();
        FileSystemUtils.deleteRecursively(data.toFile());
    }
}
