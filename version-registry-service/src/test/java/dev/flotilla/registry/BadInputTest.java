package dev.flotilla.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What nobody should send: each is answered with a problem that names the field, and changes nothing. */
@ServiceTest
class BadInputTest {
    private static final String GOOD = "{\"version\":\"1\"}";
    private static final String LONG = "x".repeat(10_000);

    @Autowired
    RestTestClient http;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient database;

    private List<Long> countsBefore = List.of();

    @BeforeEach
    void count() {
        countsBefore = counts();
    }

    @ParameterizedTest
    @MethodSource
    void aSingleReportIsRefused(String machine, String service, String body, String field) {
        Problem problem = requireNonNull(http.put()
                .uri("/v1/machines/{machine}/services/{service}", machine, service)
                .header("Authorization", tokens.agentOf("*"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody());

        assertThat(problem.errors()).extracting(Problem.FieldError::field).contains(field);
        assertNothingChanged();
    }

    static Stream<Arguments> aSingleReportIsRefused() {
        return Stream.of(
                Arguments.of("-m", "shop", GOOD, "machine"),
                Arguments.of("m 1", "shop", GOOD, "machine"),
                Arguments.of("машина", "shop", GOOD, "machine"),
                Arguments.of(LONG, "shop", GOOD, "machine"),
                Arguments.of("m1", "Shop", GOOD, "service"),
                Arguments.of("m1", "a_b", GOOD, "service"),
                Arguments.of("m1", LONG, GOOD, "service"),
                Arguments.of("m1", "shop", "{\"version\":\"../1\"}", "version"),
                Arguments.of("m1", "shop", "{\"version\":\"" + LONG + "\"}", "version"),
                Arguments.of("m1", "shop", "{\"version\":\"1\",\"sha256\":\"ABC\"}", "sha256"),
                Arguments.of("m1", "shop", "{\"version\":\"1\",\"restarts\":-1}", "restarts"),
                Arguments.of("m1", "shop", "{\"version\":\"1\",\"state\":\"FLYING\"}", "state"),
                Arguments.of("m1", "shop", "{\"version\":\"1\",\"since\":\"yesterday\"}", "since"),
                Arguments.of("m1", "shop", "{\"version\":\"1\",\"since\":\"-1000-01-01T00:00:00Z\"}", "since"),
                Arguments.of("m1", "shop", "{\"version\":\"1\",\"order\":{}}", "order.orderId"),
                Arguments.of("m1", "shop", "{\"version\":\"1\",\"colour\":\"red\"}", "colour"),
                Arguments.of("m1", "shop", "{\"version\":", "body"),
                Arguments.of("m1", "shop", "not json", "body"),
                Arguments.of("m1", "shop", "[1,2]", "body"));
    }

    @ParameterizedTest
    @MethodSource
    void aBatchIsRefusedWhole(String body, String field) {
        Problem problem = batch(body, tokens.agentOf("*"), 400);

        assertThat(problem.errors()).extracting(Problem.FieldError::field).contains(field);
        assertNothingChanged();
    }

    static Stream<Arguments> aBatchIsRefusedWhole() {
        String good = "{\"machine\":\"m1\",\"services\":{\"shop\":{\"version\":\"1\"}}}";
        return Stream.of(
                Arguments.of("{}", "machines"),
                Arguments.of("{\"machines\":null}", "machines"),
                Arguments.of("{\"machines\":[null]}", "machines[0]"),
                Arguments.of("{\"machines\":[" + good + ",{\"services\":{}}]}", "machines[1].machine"),
                Arguments.of("{\"machines\":[" + good + "," + good + "]}", "machines[1].machine"),
                Arguments.of(
                        "{\"machines\":[" + good + ",{\"machine\":\"a/b\",\"services\":{}}]}", "machines[1].machine"),
                Arguments.of("{\"machines\":[{\"machine\":\"m1\"}]}", "machines[0].services"),
                Arguments.of("{\"machines\":[{\"machine\":\"m1\",\"services\":{\"A\":{}}}]}", "machines[0].services"),
                Arguments.of(
                        "{\"machines\":[{\"machine\":\"m1\",\"services\":{\"a\":null}}]}", "machines[0].services[a]"),
                Arguments.of(
                        "{\"machines\":[" + good + ",{\"machine\":\"m2\",\"services\":{\"a\":{\"version\":\"%\"}}}]}",
                        "machines[1].services[a].version"),
                Arguments.of(
                        "{\"machines\":[" + many("{\"machine\":\"m%d\",\"services\":{}}", 10_001) + "]}", "machines"),
                Arguments.of(
                        "{\"machines\":[{\"machine\":\"m1\",\"services\":{" + many("\"s%d\":{}", 1001) + "}}]}",
                        "machines[0].services"),
                Arguments.of("{\"machines\":[" + good, "body"),
                Arguments.of("", "body"));
    }

    @Test
    void aBodyLargerThanIsReadIsA413() {
        String huge = "{\"machines\":[" + " ".repeat(33 * 1024 * 1024) + "]}";

        Problem problem = batch(huge, tokens.agentOf("*"), 413);

        assertThat(problem.detail()).contains("several parts");
    }

    @Test
    void aTokenOfAnotherMachineReportsNothing() {
        String body = "{\"machines\":[{\"machine\":\"m1\",\"services\":{}},{\"machine\":\"m2\",\"services\":{}}]}";

        assertThat(batch(body, tokens.agentOf("m1"), 403).detail()).contains("m2");
        assertNothingChanged();
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "MACHINE")
    void nobodyElseReportsForAMachine(Role role) {
        String whole = "{\"machines\":[{\"machine\":\"m1\",\"services\":{}}]}";
        assertThat(batch(whole, tokens.bearer(role), 403).detail()).contains("role machine");
        http.put()
                .uri("/v1/machines/m1/services/hello")
                .header("Authorization", tokens.bearer(role))
                .contentType(MediaType.APPLICATION_JSON)
                .body(GOOD)
                .exchange()
                .expectStatus()
                .isForbidden();
        assertNothingChanged();
    }

    @ParameterizedTest
    @MethodSource
    void aQuestionIsRefused(String path, String field) {
        Problem problem = requireNonNull(http.get()
                .uri(path)
                .header("Authorization", tokens.bearer(Role.VIEWER))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody());

        assertThat(problem.errors()).extracting(Problem.FieldError::field).containsExactly(field);
    }

    static Stream<Arguments> aQuestionIsRefused() {
        return Stream.of(
                Arguments.of("/v1/machines?limit=0", "limit"),
                Arguments.of("/v1/machines?limit=many", "limit"),
                Arguments.of("/v1/machines?limit=10001", "limit"),
                Arguments.of("/v1/machines?cursor=*", "cursor"),
                Arguments.of("/v1/machines/_x", "machine"),
                Arguments.of("/v1/services/X/versions", "service"),
                Arguments.of("/v1/changes?wait=PT31S", "wait"),
                Arguments.of("/v1/changes?wait=-PT1S", "wait"),
                Arguments.of("/v1/changes?wait=long", "wait"),
                Arguments.of("/v1/changes?cursor=17", "cursor"));
    }

    private Problem batch(String body, String token, int status) {
        return requireNonNull(http.post()
                .uri("/v1/reports")
                .header("Authorization", token)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody());
    }

    private void assertNothingChanged() {
        assertThat(counts()).isEqualTo(countsBefore);
    }

    private List<Long> counts() {
        return Stream.of("change", "machine", "running")
                .map(table -> database.sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }

    private static String many(String format, int count) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining(","));
    }
}
