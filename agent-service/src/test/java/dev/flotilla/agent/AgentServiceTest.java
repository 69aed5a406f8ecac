package dev.flotilla.agent;

import static dev.flotilla.platform.security.Role.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.flotilla.api.Problem;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.api.registry.MachineReport;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.platform.orders.OrderKeys;
import dev.flotilla.platform.orders.OrderSigner;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
@TestPropertySource(
        properties = {
            "flotilla.agent.machines=m1..m8",
            "flotilla.agent.stay-up=300ms",
            "flotilla.agent.report-interval=1s",
            "flotilla.agent.stop-services-on-exit=true"
        })
class AgentServiceTest {
    private static final TestPayloads PAYLOADS = new TestPayloads();
    private static final HttpServer UPLOADS = uploads();

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    @Autowired
    JsonMapper json;

    @Autowired
    RecordingRegistry registry;

    @Value("${flotilla.data}")
    Path data;

    @TestConfiguration(proxyBeanMethods = false)
    static class Fakes {
        @Bean
        @Primary
        RecordingRegistry recordingRegistry() {
            return new RecordingRegistry();
        }
    }

    @DynamicPropertySource
    static void uploadService(DynamicPropertyRegistry properties) {
        properties.add(
                "flotilla.services.upload-service",
                () -> "http://127.0.0.1:" + UPLOADS.getAddress().getPort());
    }

    @AfterAll
    static void stop() {
        UPLOADS.stop(0);
    }

    @Test
    void anOrderIsCarriedOutAndReported() {
        Order order = order("m1", "1.0.0", PAYLOADS.script("1.0.0", "echo hello; exec sleep 600"));

        assertThat(give("m1", order).phase()).isEqualTo(OrderPhase.ACCEPTED);

        await().untilAsserted(() -> assertThat(registry.latest("m1", "hello"))
                .isNotNull()
                .satisfies(report -> {
                    assertThat(report.state()).isEqualTo(RunState.RUNNING);
                    assertThat(report.version()).isEqualTo("1.0.0");
                    assertThat(report.sha256()).isEqualTo(order.payload().sha256());
                    assertThat(report.order()).isNotNull();
                    assertThat(Objects.requireNonNull(report.order()).orderId()).isEqualTo(order.id());
                    assertThat(Objects.requireNonNull(report.order()).phase()).isEqualTo(OrderPhase.DONE);
                }));
        assertThat(get("/v1/machines/m1", MachineReport.class).services())
                .hasEntrySatisfying("hello", report -> assertThat(report).isEqualTo(registry.latest("m1", "hello")));
        assertThat(get("/v1/machines/m1/services/hello/log", List.class)).isEqualTo(List.of("hello"));
        assertThat(get("/actuator/prometheus", String.class))
                .contains("flotilla_agent_services{")
                .contains("flotilla_agent_orders_total{result=\"done\"")
                .contains("flotilla_agent_fetched_bytes_total")
                .contains("flotilla_agent_restarts_total");
    }

    @Test
    void everyMachineIsHeardOfByItsHeartbeat() {
        int before = registry.heartbeats("m8");
        await().atMost(Duration.ofSeconds(10)).until(() -> registry.heartbeats("m8") >= before + 2);
    }

    @Test
    void theMachinesAreListed() {
        assertThat(get("/v1/machines", List.class)).isEqualTo(List.of("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"));
    }

    @Test
    void ordersForMachinesCarriedElsewhereAre404() {
        assertThat(refused(404, "m9", signed(order("m9", "1"))).detail()).contains("m9");
        problem(404, "/v1/machines/m9");
        problem(404, "/v1/machines/m9/services/hello/log");
        problem(404, "/v1/machines/m2/services/never-ran/log");
    }

    @Test
    void aForgedOrderIs403() {
        String jws = signed(order("m2", "1")).jws();
        refused(403, "m2", new SignedOrder(jws.substring(0, jws.length() - 8) + "AAAAAAAA"));
        refused(403, "m2", new SignedOrder("nonsense"));
    }

    @Test
    void anOrderOfAnotherMachineOrThatMakesNoSenseIs422WithEveryField() {
        assertThat(refused(422, "m2", signed(order("m3", "1"))).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo("machine"));
        Order odd = new Order(
                "id",
                "m2",
                "../etc",
                "../../passwd",
                new dev.flotilla.api.upload.Payload("x", -1),
                1,
                1,
                Instant.now(),
                Instant.now().plusSeconds(60),
                null);
        assertThat(refused(422, "m2", signed(odd)).errors())
                .extracting(Problem.FieldError::field)
                .containsExactly("service", "version", "payload");
    }

    @Test
    void anExpiredOrderIs410() {
        Order order = order("m2", "1");
        Order late = new Order(
                order.id(),
                "m2",
                "hello",
                "1",
                order.payload(),
                1,
                1,
                order.issuedAt(),
                Instant.now().minusSeconds(1),
                null);
        assertThat(refused(410, "m2", signed(late)).detail()).contains("expired");
        assertThat(get("/v1/machines/m2", MachineReport.class).services()).isEmpty();
    }

    @Test
    void anOlderEpochOrRevisionIs409AndTheSameOrderAgainIsNot() {
        Order order = order("m4", "4", PAYLOADS.script("4", "exec sleep 600"), 7, 7);
        give("m4", order);

        assertThat(refused(409, "m4", signed(order("m4", "4", order.payload(), 6, 7)))
                        .detail())
                .contains("epoch");
        assertThat(refused(409, "m4", signed(order("m4", "4", order.payload(), 7, 6)))
                        .detail())
                .contains("revision");
        assertThat(give("m4", order).orderId()).isEqualTo(order.id());
    }

    @Test
    void aFailedOrderIsReportedWithItsReason() {
        give("m5", order("m5", "5", PAYLOADS.script("5", "echo out of luck; exit 9")));

        await().untilAsserted(() -> assertThat(registry.latest("m5", "hello"))
                .isNotNull()
                .satisfies(report -> {
                    assertThat(report.order()).isNotNull();
                    assertThat(Objects.requireNonNull(report.order()).phase()).isEqualTo(OrderPhase.FAILED);
                    assertThat(Objects.requireNonNull(report.order()).reason())
                            .contains("exit code 9")
                            .contains("out of luck");
                    assertThat(report.state()).isEqualTo(RunState.STOPPED);
                }));
    }

    @Test
    void badInputNamesTheField() {
        assertThat(problem(400, "/v1/machines/m1/services/hello/log?lines=0").errors())
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo("lines"));
        problem(400, "/v1/machines/m1/services/hello/log?lines=many");
        problem(400, "/v1/machines/m1/services/BAD_NAME/log");
        client.post()
                .uri("/v1/machines/m1/orders")
                .header("Authorization", tokens.bearer(SERVICE))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"jws\":")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void aRegistryThatFailsIsToldUntilItListens() {
        registry.failing = true;
        give("m6", order("m6", "6", PAYLOADS.script("6", "exec sleep 600")));
        await().until(() -> registry.refusals.get() > 1);
        registry.failing = false;

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(registry.latest("m6", "hello"))
                        .isNotNull()
                        .satisfies(report -> assertThat(report.state()).isEqualTo(RunState.RUNNING)));
    }

    private OrderReceipt give(String machine, Order order) {
        OrderReceipt receipt = post(tokens.bearer(SERVICE), machine, signed(order))
                .expectStatus()
                .isAccepted()
                .expectBody(OrderReceipt.class)
                .returnResult()
                .getResponseBody();
        return body(receipt);
    }

    private Problem refused(int status, String machine, SignedOrder order) {
        return body(post(tokens.bearer(SERVICE), machine, order)
                .expectStatus()
                .isEqualTo(status)
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody());
    }

    private RestTestClient.ResponseSpec post(String token, String machine, SignedOrder order) {
        return client.post()
                .uri("/v1/machines/{machine}/orders", machine)
                .header("Authorization", token)
                .contentType(MediaType.APPLICATION_JSON)
                .body(order)
                .exchange();
    }

    private <T> T get(String path, Class<T> type) {
        return body(client.get()
                .uri(path)
                .header("Authorization", tokens.bearer(SERVICE))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }

    private Problem problem(int status, String path) {
        return body(client.get()
                .uri(path)
                .header("Authorization", tokens.bearer(SERVICE))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody());
    }

    private static <T> T body(@Nullable T body) {
        return Objects.requireNonNull(body);
    }

    private SignedOrder signed(Order order) {
        return new OrderSigner(OrderKeys.openOrCreate(data.resolve("keys")).getPrivate(), json).sign(order);
    }

    private static Order order(String machine, String version) {
        return order(machine, version, PAYLOADS.script(version, "exec sleep 600"));
    }

    private static Order order(String machine, String version, dev.flotilla.api.upload.Payload payload) {
        return order(machine, version, payload, 1, 1);
    }

    private static Order order(
            String machine, String version, dev.flotilla.api.upload.Payload payload, long epoch, long revision) {
        Instant now = Instant.now();
        return new Order(
                UUID.randomUUID().toString(),
                machine,
                "hello",
                version,
                payload,
                epoch,
                revision,
                now,
                now.plusSeconds(60),
                null);
    }

    private static HttpServer uploads() {
        try {
            return PAYLOADS.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
