package dev.flotilla.device.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Whatever is sent: the right 4xx problem, and nothing changed. */
@ServiceTest
class BadInputTest {
    private static final String HEADER = "name,environment,machineFunction,faultDomain,region,address\n";
    private static final String GOOD = "m1,east,web,fd1,r1,http://10.0.0.1:8084\n";

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private TestHttp http;

    @BeforeEach
    void anEmptyTopologyAndAnOperator() {
        TestFleet.clear(jdbc);
        http = as(tokens.bearer(Role.OPERATOR));
    }

    @AfterEach
    void nothingWasChanged() {
        assertThat(jdbc.sql("select count(*) from machine").query(Long.class).single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "%20", ".", "..", "-a", "%E6%9C%BA", "a%0Ab", "a%00b", "LONG"})
    void namesThatAreNoneAreRefusedEverywhere(String name) {
        String bad = name.equals("LONG") ? "a".repeat(10_000) : name;
        if (!bad.startsWith(".")) {
            TestHttp.problem(400, http.get("/v1/machines/" + bad, "*/*"));
            TestHttp.problem(400, http.put("/v1/machines/" + bad, "application/json", json("m1")));
            TestHttp.problem(400, http.delete("/v1/machines/" + bad));
        }
        for (String filter : List.of("environment", "machineFunction", "faultDomain", "region")) {
            for (String accept : List.of("application/json", "text/csv")) {
                Problem problem = TestHttp.problem(400, http.get("/v1/machines?" + filter + "=" + bad, accept));
                assertThat(problem.errors()).extracting(FieldError::field).containsExactly(filter);
            }
        }
    }

    @Test
    void theBodysNameMustBeThatOfThePath() {
        assertThat(TestHttp.problem(400, http.put("/v1/machines/m2", "application/json", json("m1")))
                        .errors())
                .containsExactly(new FieldError("name", "must be 'm2', as in the path", "m1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "{\"name\":",
                "null",
                "\"text\"",
                "{\"name\":\"m1\"}",
                "{\"nome\":\"m1\"}",
                "{\"name\":null,\"environment\":3}",
                "{\"name\":{\"a\":1}}"
            })
    void aBodyThatIsNoMachineIsRefused(String body) {
        TestHttp.problem(400, http.put("/v1/machines/m1", "application/json", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "[{\"name\":\"m1\"", "null", "[3]", "[[]]"})
    void aBodyThatIsNoListOfMachinesIsRefused(String body) {
        TestHttp.problem(400, http.put("/v1/machines", "application/json", body));
    }

    @Test
    void aListWithANullInItIsRefused() {
        Problem problem = TestHttp.problem(422, http.put("/v1/machines", "application/json", "[null]"));
        assertThat(problem.errors()).extracting(FieldError::field).containsExactly("machines[0]");
    }

    @Test
    void everythingThatAListLeavesOutIsNamed() {
        String list = "[" + json("m1")
                + ",{\"name\":\"m2\",\"region\":\"r 1\",\"environment\":\"east\",\"faultDomain\":\"fd1\"}]";
        assertThat(TestHttp.problem(422, http.put("/v1/machines", "application/json", list))
                        .errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("machines[1].region", "machines[1].machineFunction", "machines[1].address");
    }

    @Test
    void allWrongLinesOfACsvAreNamedAtOnce() {
        String csv = HEADER + GOOD + "m 2,east,web,fd1,r1,http://10.0.0.1:8084\n" + "m3,east,web\n"
                + "m4,east,web,fd1,r1,ftp://x\n" + "\"m5,east,web,fd1,r1,http://10.0.0.1:8084\n"
                + "机器,,web,fd1,r1,http://10.0.0.1:8084\n";
        Problem problem = TestHttp.problem(422, http.put("/v1/machines", "text/csv", csv));
        assertThat(problem.errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "line 3, name", "line 4", "line 5, address", "line 6", "line 7, name", "line 7, environment");
        assertThat(problem.detail()).contains("Nothing was imported", "6 entries");
    }

    @Test
    void linesThatEndInAnotherWayAreRefusedAndNotLost() {
        TestHttp.problem(422, http.put("/v1/machines", "text/csv", (HEADER + GOOD).replace('\n', '\r')));
        Problem problem =
                TestHttp.problem(422, http.put("/v1/machines", "text/csv", HEADER + GOOD.replace('\n', '\r') + GOOD));
        assertThat(problem.errors()).extracting(FieldError::field).containsExactly("line 2");
    }

    @Test
    void machinesNamedTwiceAreRefused() {
        Problem problem = TestHttp.problem(
                422, http.put("/v1/machines", "text/csv", HEADER + GOOD + GOOD.replace("m1", "m2") + GOOD + GOOD));
        assertThat(problem.errors())
                .containsExactly(
                        new FieldError("line 4, name", "is named more than once", "m1"),
                        new FieldError("line 5, name", "is named more than once", "m1"));
    }

    @Test
    void anImportThatScattersAnEnvironmentOverRegionsIsRefused() {
        String csv = HEADER + GOOD + GOOD.replace("m1", "m2").replace("r1", "r2");
        Problem problem = TestHttp.problem(422, http.put("/v1/machines", "text/csv", csv));
        assertThat(problem.errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("line 3, region");
            assertThat(error.message()).contains("'r1'", "'east'");
            assertThat(error.rejected()).isEqualTo("r2");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "name,environment\nm1,east\n",
                "name,environment,machineFunction,faultDomain,region,region\n",
                "m1,east,web,fd1,r1,http://10.0.0.1:8084\n"
            })
    void aCsvWithoutItsHeaderIsRefused(String csv) {
        assertThat(TestHttp.problem(422, http.put("/v1/machines", "text/csv", csv.isEmpty() ? " " : csv))
                        .detail())
                .contains("name,environment,machineFunction,faultDomain,region,address");
    }

    @Test
    void aLineWithoutEndIsRefusedAtConstantMemory() {
        Problem problem =
                TestHttp.problem(422, http.put("/v1/machines", "text/csv", HEADER + "\"" + "m".repeat(5_000_000)));
        assertThat(problem.errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("line 2");
            assertThat(error.rejected()).hasSizeLessThan(300);
        });
    }

    @Test
    void moreMachinesThanOneJsonImportTakesAreRefused() {
        StringBuilder body = new StringBuilder("[");
        IntStream.rangeClosed(0, 100_000)
                .forEach(i -> body.append(i == 0 ? "" : ",").append(json("m" + i)));
        assertThat(TestHttp.problem(
                                413,
                                http.put(
                                        "/v1/machines",
                                        "application/json",
                                        body.append("]").toString()))
                        .detail())
                .contains("text/csv");
    }

    @Test
    void aBodyThatIsCutOffIsRefused() throws IOException {
        assertThat(http.putCutOff("/v1/machines", "text/csv", 1_000_000, HEADER + GOOD))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
        assertThat(http.putCutOff("/v1/machines", "application/json", 10_000, "[" + json("m1")))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @Test
    void whoeverIsNoOperatorChangesNothing() {
        for (Role role : List.of(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER, Role.MACHINE, Role.SERVICE)) {
            TestHttp other = as(tokens.bearer(role));
            TestHttp.problem(403, other.put("/v1/machines/m1", "application/json", json("m1")));
            TestHttp.problem(403, other.put("/v1/machines", "application/json", "[" + json("m1") + "]"));
            TestHttp.problem(403, other.put("/v1/machines", "text/csv", HEADER + GOOD));
            TestHttp.problem(403, other.delete("/v1/machines/m1"));
        }
        TestHttp.problem(401, as(null).put("/v1/machines", "text/csv", HEADER + GOOD));
        TestHttp.problem(401, as(tokens.expired(Role.OPERATOR)).get("/v1/machines", "*/*"));
    }

    @Test
    void cursorsAndLimitsThatAreNoneAreRefused() {
        String zero = Base64.getUrlEncoder().withoutPadding().encodeToString("a\0b".getBytes(StandardCharsets.UTF_8));
        for (String query : List.of("limit=0", "limit=-1", "limit=10001", "limit=x", "cursor=!!", "cursor=" + zero)) {
            TestHttp.problem(400, http.get("/v1/machines?" + query, "application/json"));
        }
    }

    @Test
    void lookupsThatAskTooMuchOrNothingAreRefused() {
        String many = "{\"names\":[" + "\"m\",".repeat(100_000) + "\"m\"]}";
        for (String body : List.of("{}", "{\"names\":null}", "{\"names\":[null]}", "{\"names\":\"m1\"}", many)) {
            TestHttp.problem(400, http.post("/v1/machines/lookup", "application/json", body));
        }
        http.post("/v1/machines/lookup", "application/json", "{\"names\":[\"a\\u0000b\"]}")
                .expectBody()
                .jsonPath("$.unknown.length()")
                .isEqualTo(1);
    }

    private TestHttp as(@Nullable String token) {
        return new TestHttp(client, port, token);
    }

    private static String json(String name) {
        return """
                {"name":"%s","environment":"east","machineFunction":"web","faultDomain":"fd1","region":"r1",\
                "address":"http://10.0.0.1:8084"}""".formatted(name);
    }
}
