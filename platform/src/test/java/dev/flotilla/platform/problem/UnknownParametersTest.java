package dev.flotilla.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ServiceTest
class UnknownParametersTest {
    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    RestTestClient client;

    private ResponseSpec get(String path) {
        return new TestHttp(client, port, tokens.bearer(Role.VIEWER)).get(path, "*/*");
    }

    @Test
    void aParameterThatAnOperationDoesNotKnowIsNamedWithThoseThatItKnows() {
        Problem problem = TestHttp.problem(400, get("/v1/list?limt=5&limit=5"));
        assertThat(problem.detail())
                .isEqualTo("limt: is not known here; known query parameters are cursor, limit, wait");
        assertThat(problem.errors())
                .singleElement()
                .extracting(FieldError::field)
                .isEqualTo("limt");
    }

    @Test
    void anOperationWithoutParametersSaysSo() {
        assertThat(TestHttp.problem(400, get("/v1/services/hello?cursor=x")).detail())
                .isEqualTo("cursor: is not known here, nor is any other query parameter");
    }

    @Test
    void eachUnknownOneIsNamedOnceAndOddOnesDoNoHarm() {
        assertThat(TestHttp.problem(400, get("/v1/list?a=1&b&a=2&=3&%C3%A9=4&" + "x".repeat(500) + "=5"))
                        .errors())
                .extracting(FieldError::field)
                .containsExactly("a", "b", "é", "x".repeat(100) + "…");
    }

    @ParameterizedTest
    @CsvSource({"/v1/list?limit=, limit", "/v1/list?wait=PT0S&limit, limit", "/v1/list?cursor=%20, cursor"})
    void oneWithoutAValueIsNotTakenForOneThatIsNotGiven(String path, String name) {
        assertThat(TestHttp.problem(400, get(path)).detail())
                .isEqualTo(name + ": is given without a value: leave it out, or say which");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/list?limit=5&limit=6", "/v1/list?limit=5&wait=PT0S&limit=5"})
    void oneOfTwoIsNotLeftOutInSilence(String path) {
        assertThat(TestHttp.problem(400, get(path)).detail()).isEqualTo("limit: is given more than once: say it once");
    }

    @Test
    void streamsKnowTheirParametersToo() {
        get("/v1/stream?since=x").expectStatus().isOk();
        assertThat(TestHttp.problem(400, get("/v1/stream?sicne=x")).detail()).contains("sicne", "since");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/list?limit=%ff, limit, is not percent-encoded UTF-8",
        "/v1/list?limit=5&cursor=%zz, cursor, is not percent-encoded UTF-8",
        "/v1/list?cursor=a%, cursor, is not percent-encoded UTF-8",
        "/v1/list?%ff=1, %ff, is not percent-encoded UTF-8",
        "/v1/list?limit=%00, limit, 'must not hold the character NUL, %00'",
        "/v1/stream?since=%c3%28, since, is not percent-encoded UTF-8"
    })
    void aParameterThatCannotBeDecodedIsNamed(String query, String field, String message) throws IOException {
        assertThat(raw(query))
                .startsWith("HTTP/1.1 400")
                .contains("problem+json", "\"field\":\"" + field + "\"", message);
    }

    @Test
    void aQueryThatCannotBeDecodedIsSaidToBeSoEvenWhereItsNamesAreNotLookedAt() throws IOException {
        assertThat(raw("/fragment?from=%ff"))
                .startsWith("HTTP/1.1 400")
                .contains("problem+json", "The query can't be decoded");
    }

    /** Sent by hand: our client would refuse to send what is no address. */
    private String raw(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String head = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + tokens.bearer(Role.VIEWER)
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/list?limit=5&wait=PT0S",
                "/v1/list?",
                "/v1/list?&&",
                "/v1/stream?since=%E6%97%A5+%2B",
                "/page?utm_source=x",
                "/fragment?from=1&utm_source=x",
                "/v3/api-docs?x=1",
                "/actuator/health?x=1",
                "/actuator/prometheus?includedNames=jvm_info"
            })
    void whatIsKnownAndWhatIsNotOurOwnOperationIsLeftAlone(String path) {
        get(path).expectStatus().isOk();
    }
}
