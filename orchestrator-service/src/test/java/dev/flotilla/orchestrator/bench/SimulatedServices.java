package dev.flotilla.orchestrator.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flotilla.api.Page;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.Claims;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.Closings;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineGroupCount;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.platform.orders.OrderVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** All that an orchestrator talks to, over HTTP: target-service, registry, device-manager, policy engine, agents. Everything is permitted. */
final class SimulatedServices implements AutoCloseable {
    /** Answers a request that was read. */
    private interface Answering {
        Object answer(HttpExchange exchange, Map<String, String> parameters) throws IOException, InterruptedException;
    }

    /** The signature of every so many orders is verified: in truth each machine verifies its own. */
    private static final int VERIFIED = 100;

    final List<Deployment> declared = new CopyOnWriteArrayList<>();
    /** How many machines policies were asked about, and how many were claimed or renewed. */
    final AtomicLong asked = new AtomicLong();

    final AtomicLong claimed = new AtomicLong();
    final AtomicLong topologies = new AtomicLong();
    private final JsonMapper json = JsonMapper.builder().build();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final OrderVerifier verifier;
    private final AtomicInteger repairs = new AtomicInteger();
    private final HttpServer agents;
    final SimulatedFleet fleet;

    SimulatedServices(int machines, OrderVerifier verifier) throws IOException {
        this.verifier = verifier;
        agents = server();
        fleet = new SimulatedFleet(machines, address(agents), new SimulatedFeed());
        on(agents, "/v1/machines/", (exchange, parameters) -> {
            SignedOrder signed = read(exchange, SignedOrder.class);
            return fleet.take(fleet.orders.get() % VERIFIED == 0 ? this.verifier.verify(signed) : claimed(signed));
        });
    }

    String target() throws IOException {
        HttpServer server = server();
        on(server, "/v1/deployments", (exchange, parameters) -> {
            String path = exchange.getRequestURI().getPath();
            return path.length() > "/v1/deployments".length()
                    ? deployment(path.substring("/v1/deployments/".length()))
                    : new Page<>(
                            declared.stream()
                                    .filter(deployment -> deployment.revision()
                                            > Long.parseLong(parameters.getOrDefault("afterRevision", "0")))
                                    .map(SimulatedServices::summary)
                                    .toList(),
                            null);
        });
        return address(server);
    }

    String registry() throws IOException {
        HttpServer server = server();
        on(
                server,
                "/v1/changes",
                (exchange, parameters) -> fleet.feed.changes(
                        given(parameters, "cursor"),
                        Integer.parseInt(given(parameters, "limit")),
                        Duration.parse(given(parameters, "wait"))));
        on(server, "/v1/machines", (exchange, parameters) -> {
            int from = Integer.parseInt(parameters.getOrDefault("cursor", "0"));
            int to = from + Integer.parseInt(given(parameters, "limit"));
            Instant now = Instant.now();
            List<MachineStatus> page = IntStream.range(from, to)
                    .mapToObj(machine -> fleet.status(machine, now))
                    .toList();
            return new Page<>(page, to == fleet.groups() * SimulatedFleet.GROUP ? null : String.valueOf(to));
        });
        return address(server);
    }

    String devices() throws IOException {
        HttpServer server = server();
        on(
                server,
                "/v1/groups",
                (exchange, parameters) -> IntStream.range(0, fleet.groups())
                        .mapToObj(group -> new MachineGroupCount(
                                SimulatedFleet.environment(group),
                                SimulatedFleet.function(group),
                                "region",
                                SimulatedFleet.GROUP,
                                SimulatedFleet.DOMAINS,
                                1))
                        .toList());
        on(server, "/v1/machines", (exchange, parameters) -> {
            topologies.incrementAndGet();
            int group = Integer.parseInt(given(parameters, "environment").substring(4)) * 50
                    + Integer.parseInt(given(parameters, "machineFunction").substring(3));
            List<Machine> machines = IntStream.range(group * SimulatedFleet.GROUP, (group + 1) * SimulatedFleet.GROUP)
                    .mapToObj(fleet::machine)
                    .toList();
            return new Page<>(machines, null);
        });
        on(server, "/v1/repairs/claims", (exchange, parameters) -> {
            List<String> machines = read(exchange, ClaimRequest.class).machines();
            claimed.addAndGet(machines.size());
            Instant end = Instant.now().plusSeconds(150);
            return new Claims(machines.stream()
                    .map(name -> new Claims.Answer(name, "r" + repairs.incrementAndGet(), end, null, null, null))
                    .toList());
        });
        on(
                server,
                "/v1/repairs/closings",
                (exchange, parameters) -> new Closings(read(exchange, ClosingRequest.class).closings().stream()
                        .map(closing -> new Closings.Answer(closing.repair(), true, closing.outcome(), null))
                        .toList()));
        return address(server);
    }

    String policies() throws IOException {
        HttpServer server = server();
        on(server, "/v1/decisions", (exchange, parameters) -> {
            DecisionRequest request = read(exchange, DecisionRequest.class);
            asked.addAndGet(request.machines().size());
            return new Decisions(request.machines().stream()
                    .map(subject ->
                            new Decision(subject.machine(), Effect.ALLOW, "no policy speaks against it", null, null))
                    .toList());
        });
        return address(server);
    }

    /** What an order says, unverified. */
    private Order claimed(SignedOrder signed) {
        return json.readValue(Base64.getUrlDecoder().decode(signed.jws().split("\\.")[1]), Order.class);
    }

    private Deployment deployment(String id) {
        return declared.stream()
                .filter(deployment -> deployment.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static DeploymentSummary summary(Deployment deployment) {
        return new DeploymentSummary(
                deployment.id(),
                deployment.revision(),
                deployment.service(),
                deployment.version(),
                deployment.payload(),
                0,
                deployment.targets().groups().size(),
                deployment.options(),
                deployment.declaredBy(),
                deployment.declaredAt(),
                null,
                null);
    }

    private static String given(Map<String, String> parameters, String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        servers.add(server);
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private <T> T read(HttpExchange exchange, Class<T> type) throws IOException {
        return json.readValue(exchange.getRequestBody().readAllBytes(), type);
    }

    private void on(HttpServer server, String path, Answering answering) {
        server.createContext(path, exchange -> {
            try (exchange) {
                Map<String, String> parameters = new HashMap<>();
                String query = URI.create(exchange.getRequestURI().toString()).getQuery();
                if (query != null) {
                    for (String pair : query.split("&", -1)) {
                        int equals = pair.indexOf('=');
                        parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
                    }
                }
                byte[] body = json.writeValueAsBytes(answering.answer(exchange, parameters));
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(
                        exchange.getRequestMethod().equals("POST") && server == agents ? 202 : 200, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }
}
