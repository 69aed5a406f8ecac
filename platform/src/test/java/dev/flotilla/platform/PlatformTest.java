package dev.flotilla.platform;

import static dev.flotilla.platform.security.Role.DEPLOYER;
import static dev.flotilla.platform.security.Role.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.flotilla.api.Problem;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class PlatformTest {
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final HttpServer UPLOADS = faltering();

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void uploadService(DynamicPropertyRegistry properties) {
        properties.add(
                "flotilla.services.upload-service",
                () -> "http://127.0.0.1:" + UPLOADS.getAddress().getPort());
    }

    @Test
    void whatIsAskedRightIsAnswered() {
        client.get()
                .uri("/v1/services/hello")
                .header("Authorization", tokens.bearer(VIEWER))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("hello");
    }

    @Test
    void aMissingTokenIsA401Problem() {
        assertThat(problem(401, "/v1/services/hello", null).detail()).contains("A token is missing");
    }

    @Test
    void anExpiredTokenIsA401ProblemThatSaysSo() {
        assertThat(problem(401, "/v1/services/hello", tokens.expired(VIEWER)).detail())
                .contains("expired");
    }

    @Test
    void aForgedTokenIsA401Problem() {
        String token = tokens.bearer(VIEWER);
        problem(401, "/v1/services/hello", token.substring(0, token.length() - 6) + "AAAAAA");
    }

    @Test
    void healthNeedsNoTokenAndMetricsDo() {
        client.get().uri("/actuator/health").exchange().expectStatus().isOk();
        client.get().uri("/actuator/prometheus").exchange().expectStatus().isUnauthorized();
        client.get()
                .uri("/actuator/prometheus")
                .header("Authorization", tokens.bearer(VIEWER))
                .exchange()
                .expectStatus()
                .isOk();
        client.get()
                .uri("/v3/api-docs")
                .header("Authorization", tokens.bearer(VIEWER))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void namesThatAreNotAllowedAreNamed() {
        for (String name : new String[] {
            "UPPER", "a%2Fb", "%20", "%E6%97%A5", "a%00b", ".hidden", "x".repeat(10_000), "a_b", "a%25b", "a;b"
        }) {
            Problem problem = problem(400, "/v1/services/" + name, tokens.bearer(VIEWER));
            if (!name.contains("%00") && !name.contains(";")) {
                assertThat(problem.errors()).as(name).singleElement().satisfies(e -> {
                    assertThat(e.field()).isEqualTo("service");
                    assertThat(e.message()).contains("lower-case");
                });
            }
        }
    }

    @Test
    void aPathThatIsNoneIsAProblemToo() throws IOException {
        problem(404, "/v1/nothing", tokens.bearer(VIEWER));
        assertThat(raw("GET /v1/services/.. HTTP/1.1")).contains("problem+json");
        assertThat(raw("GET /v1/services/a b HTTP/1.1"))
                .startsWith("HTTP/1.1 400")
                .contains("problem+json")
                .doesNotContain("<html");
        assertThat(raw("GET /v1/services/%zz HTTP/1.1"))
                .startsWith("HTTP/1.1 400")
                .contains("problem+json")
                .doesNotContain("<html");
        assertThat(raw("GET /v1/services/%2e%2e/x HTTP/1.1"))
                .startsWith("HTTP/1.1 4")
                .contains("problem+json");
        assertThat(raw("GET /" + "x".repeat(100_000) + " HTTP/1.1"))
                .startsWith("HTTP/1.1 4")
                .doesNotContain("<html");
    }

    @Test
    void parametersOfTheWrongTypeAreNamed() {
        assertThat(problem(400, "/v1/list?limit=many", tokens.bearer(VIEWER)).detail())
                .contains("limit")
                .contains("whole number");
        assertThat(problem(400, "/v1/list?limit=0", tokens.bearer(VIEWER)).detail())
                .contains("limit");
        assertThat(problem(400, "/v1/list?cursor=no!", tokens.bearer(VIEWER)).detail())
                .contains("cursor");
        assertThat(problem(400, "/v1/list?wait=soon", tokens.bearer(VIEWER)).detail())
                .contains("wait")
                .contains("PT30S");
    }

    @Test
    void bodiesThatCannotBeReadAreExplained() {
        String may = tokens.bearer(DEPLOYER);
        assertThat(post("/v1/lookup", "", may, 400).detail()).contains("body");
        assertThat(post("/v1/lookup", "{\"names\":[\"a\"", may, 400).detail()).contains("body");
        assertThat(post("/v1/lookup", "{\"names\":3}", may, 400).detail()).contains("names");
        assertThat(post("/v1/lookup", "{\"nmes\":[]}", may, 400).detail())
                .contains("nmes")
                .contains("names");
        assertThat(post("/v1/lookup", "{}", may, 400).detail()).contains("names");
        assertThat(post("/v1/lookup", "{\"names\":[7]}", may, 400).detail()).contains("names[0]: must be a text");
        assertThat(post("/v1/lookup", "{\"names\":[\"a\"],\"names\":[\"b\"]}", may, 400)
                        .detail())
                .contains("names: is given twice");
        assertThat(post("/v1/lookup", "nonsense", may, 400).detail()).contains("malformed JSON");
    }

    @Test
    void theWrongRoleOrServiceIsA403ThatSaysWhatItTakes() {
        assertThat(post("/v1/lookup", "{\"names\":[]}", tokens.bearer(VIEWER), 403)
                        .detail())
                .contains("deployer");
        assertThat(post("/v1/lookup", "{\"names\":[]}", tokens.bearerFor(DEPLOYER, "other"), 403)
                        .detail())
                .contains("hello");
    }

    @Test
    void conflictsAndFaultsAreProblemsWithoutStackTraces() {
        assertThat(post("/v1/orders", "{\"jws\":\"conflict\"}", tokens.bearer(VIEWER), 409)
                        .detail())
                .isEqualTo("it is otherwise");
        assertThat(post("/v1/orders", "{\"jws\":\"bug\"}", tokens.bearer(VIEWER), 500)
                        .detail())
                .doesNotContain("IllegalState");
        client.method(HttpMethod.DELETE)
                .uri("/v1/orders")
                .header("Authorization", tokens.bearer(VIEWER))
                .exchange()
                .expectStatus()
                .isEqualTo(405);
        client.post()
                .uri("/v1/orders")
                .header("Authorization", tokens.bearer(VIEWER))
                .contentType(MediaType.TEXT_PLAIN)
                .body("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    @Test
    void formsWithFilesAreA415EvenIfTheyAreMalformed() {
        for (String type : new String[] {"multipart/form-data", "multipart/form-data; boundary=x"}) {
            answer(
                    client.post()
                            .uri("/v1/orders")
                            .header("Authorization", tokens.bearer(VIEWER))
                            .header("Content-Type", type)
                            .body("{\"jws\":\"conflict\"}".getBytes(StandardCharsets.UTF_8))
                            .exchange(),
                    415);
        }
    }

    @Test
    void aCallToAnotherServiceIsRepeatedUntilItWorksAndItsErrorsAreTold() {
        CALLS.set(0);
        Problem problem = post("/v1/orders", "{\"jws\":\"remote\"}", tokens.bearer(VIEWER), 502);
        assertThat(problem.detail()).contains("upload-service").contains("no such version");
        assertThat(CALLS.get()).as("the first two attempts were answered 503").isEqualTo(3);
    }

    private Problem problem(int status, String uri, @org.jspecify.annotations.Nullable String token) {
        return answer(
                client.get()
                        .uri(URI.create("http://127.0.0.1:" + port + uri))
                        .headers(h -> {
                            if (token != null) {
                                h.set("Authorization", token);
                            }
                        })
                        .exchange(),
                status);
    }

    private Problem post(String uri, String body, String token, int status) {
        return answer(
                client.post()
                        .uri(uri)
                        .header("Authorization", token)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(body)
                        .exchange(),
                status);
    }

    private static Problem answer(RestTestClient.ResponseSpec response, int status) {
        Problem problem = response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody();
        assertThat(problem).isNotNull();
        return java.util.Objects.requireNonNull(problem);
    }

    private String raw(String requestLine) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: x\r\nAuthorization: " + tokens.bearer(VIEWER)
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpServer faltering() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
                boolean falters = CALLS.incrementAndGet() < 3;
                byte[] body = falters
                        ? new byte[0]
                        : "{\"status\":404,\"detail\":\"no such version\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(falters ? 503 : 404, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
