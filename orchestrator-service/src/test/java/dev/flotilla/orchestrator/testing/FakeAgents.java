package dev.flotilla.orchestrator.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.platform.orders.OrderVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Agents behind one real HTTP address. They verify orders, refuse older ones by (revision, epoch) for the machine and service, carry each order
 * id out once, switch only while it permits that, and report to a {@link FakeRegistry} as they go.
 */
public final class FakeAgents implements AutoCloseable {
    private final HttpServer server;
    private final JsonMapper json;
    private final OrderVerifier verifier;
    private final FakeRegistry registry;
    private final String token;
    private final Map<String, Order> latest = new ConcurrentHashMap<>();
    private final Map<String, OrderPhase> phases = new ConcurrentHashMap<>();

    /** Every order that was carried out, in its order. */
    public final List<Order> carriedOut = new CopyOnWriteArrayList<>();

    /** Every order that led to a switch. */
    public final List<Order> switched = new CopyOnWriteArrayList<>();

    /** Orders refused with 409. */
    public final AtomicInteger refused = new AtomicInteger();

    /** The most machines that were being changed at once, by group. */
    public final Map<String, Integer> mostAtOnce = new ConcurrentHashMap<>();

    private final Map<String, Set<String>> changing = new ConcurrentHashMap<>();
    public final Set<String> badVersions = ConcurrentHashMap.newKeySet();
    public final Set<String> badMachines = ConcurrentHashMap.newKeySet();
    /** Machines whose orders are taken but not answered: the connection breaks. */
    public final Set<String> mute = ConcurrentHashMap.newKeySet();
    /** Machines whose orders are taken and answered without an end, byte by byte. */
    public final Set<String> endless = ConcurrentHashMap.newKeySet();

    /** How long the bytes of a version take, where that differs. */
    public final Map<String, Duration> slowVersions = new ConcurrentHashMap<>();

    private final Set<String> onDisk = ConcurrentHashMap.newKeySet();

    public volatile Duration fetch = Duration.ofMillis(100);
    public volatile Duration stayUp = Duration.ofMillis(200);

    /** @param token the only one that they take: one for agents */
    FakeAgents(JsonMapper json, OrderVerifier verifier, FakeRegistry registry, String token) throws IOException {
        this.token = token;
        this.json = json;
        this.verifier = verifier;
        this.registry = registry;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/machines/", this::handle);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            SignedOrder signed = json.readValue(exchange.getRequestBody().readAllBytes(), SignedOrder.class);
            Order order = verifier.verify(signed);
            @Nullable OrderReceipt receipt = take(order);
            if (mute.contains(order.machine())) {
                return;
            }
            if (endless.contains(order.machine())) {
                drip(exchange);
                return;
            }
            byte[] body = receipt == null
                    ? "{\"status\":409,\"detail\":\"a newer order is known\"}".getBytes(StandardCharsets.UTF_8)
                    : json.writeValueAsBytes(receipt);
            exchange.getResponseHeaders()
                    .add("Content-Type", receipt == null ? "application/problem+json" : "application/json");
            exchange.sendResponseHeaders(receipt == null ? 409 : 202, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void drip(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(202, 0);
        try {
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized @Nullable OrderReceipt take(Order order) {
        OrderPhase known = phases.get(order.id());
        if (known != null) {
            return new OrderReceipt(order.id(), known);
        }
        String key = order.machine() + "/" + order.service();
        Order last = latest.get(key);
        if (last != null
                && (order.revision() < last.revision()
                        || order.revision() == last.revision() && order.epoch() < last.epoch())) {
            refused.incrementAndGet();
            return null;
        }
        latest.put(key, order);
        phases.put(order.id(), OrderPhase.ACCEPTED);
        carriedOut.add(order);
        Thread.startVirtualThread(() -> carryOut(order));
        return new OrderReceipt(order.id(), OrderPhase.ACCEPTED);
    }

    private void carryOut(Order order) {
        String group = order.machine().replaceAll("\\d+$", "") + order.deployment();
        Set<String> now = changing.computeIfAbsent(group, name -> ConcurrentHashMap.newKeySet());
        now.add(order.machine());
        mostAtOnce.merge(group, now.size(), Math::max);
        try {
            RunningService before = registry.running(order.machine(), order.service());
            report(order, OrderPhase.FETCHING, before == null ? null : before.version(), RunState.RUNNING);
            String bytes = order.machine() + '/' + order.version();
            Thread.sleep(onDisk.add(bytes) ? slowVersions.getOrDefault(order.version(), fetch) : Duration.ZERO);
            if (!Instant.now().isBefore(order.notAfter())) {
                now.remove(order.machine());
                report(order, OrderPhase.FETCHED, before == null ? null : before.version(), RunState.RUNNING);
                return;
            }
            switched.add(order);
            report(order, OrderPhase.SWITCHING, order.version(), RunState.STARTING);
            Thread.sleep(stayUp);
            now.remove(order.machine());
            if (badVersions.contains(order.version()) || badMachines.contains(order.machine())) {
                report(order, OrderPhase.FAILED, before == null ? null : before.version(), RunState.RUNNING);
            } else {
                report(order, OrderPhase.DONE, order.version(), RunState.RUNNING);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            now.remove(order.machine());
        }
    }

    private void report(Order order, OrderPhase phase, @Nullable String version, RunState state) {
        if (!order.equals(latest.get(order.machine() + "/" + order.service()))) {
            return;
        }
        phases.put(order.id(), phase);
        registry.reportRunningVersion(
                order.machine(),
                order.service(),
                new RunningReport(
                        version,
                        version == null ? RunState.STOPPED : state,
                        version == null ? null : FakeTargets.sha256(version),
                        0,
                        null,
                        new OrderProgress(
                                order.id(),
                                order.version(),
                                phase,
                                phase == OrderPhase.FAILED ? "exit code 3" : null)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
