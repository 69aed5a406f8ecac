package dev.flotilla.target.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent: the right 4xx problem, and nothing declared. */
class BadInputTest extends TargetWorld {
    @AfterEach
    void nothingWasDeclared() {
        assertNothingDeclared();
    }

    @Test
    void allMalformedAndRepeatedLinesAreNamedAtOnce() {
        String file = "m1\n# fine\nm/2\n\nm1\n机器 # ten\n" + "x".repeat(10_000) + "\n..\nm 3\nm1\n";
        Problem problem = TestHttp.problem(422, http.put(HELLO_1, "text/plain", file));
        assertThat(problem.errors())
                .extracting(FieldError::field)
                .containsExactly("line 3", "line 5", "line 6", "line 7", "line 8", "line 9", "line 10");
        assertThat(problem.errors().get(1)).isEqualTo(new FieldError("line 5", "is named already in line 1", "m1"));
        assertThat(problem.errors().get(3).rejected()).hasSizeLessThan(300);
    }

    @Test
    void allUnknownMachinesAreNamedAtOnce() {
        Problem lines = TestHttp.problem(422, http.put(HELLO_1, "text/plain", "m1\nm0\n\nm100001\n"));
        assertThat(lines.errors())
                .containsExactly(
                        new FieldError("line 2", "is no machine that device-manager knows", "m0"),
                        new FieldError("line 4", "is no machine that device-manager knows", "m100001"));
        Problem elements = TestHttp.problem(422, http.put(HELLO_1, "application/json", """
                {"machines":["m0","m1","nobody"],"groups":[{"environment":"east","machineFunction":"db"}]}"""));
        assertThat(elements.errors())
                .extracting(FieldError::field)
                .containsExactly("machines[0]", "machines[2]", "groups[0]");
    }

    @Test
    void malformedAndRepeatedTargetsInJsonAreNamed() {
        Problem problem = TestHttp.problem(422, http.put(HELLO_1, "application/json", """
                {"machines":["m1","","m1","m\\u00002"],"groups":[{"environment":"east","machineFunction":"web"},
                 {"environment":"east","machineFunction":"web"}]}"""));
        assertThat(problem.errors())
                .extracting(FieldError::field)
                .containsExactly("machines[1]", "machines[2]", "machines[3]", "groups[1]");
    }

    @Test
    void aListThatIsTooLongIsA413InJsonAsInText() {
        String names = IntStream.rangeClosed(0, 100_000)
                .mapToObj(i -> "\"m" + i + "\"")
                .collect(Collectors.joining(","));
        assertThat(TestHttp.problem(413, http.put(HELLO_1, "application/json", "{\"machines\":[" + names + "]}"))
                        .detail())
                .contains("100000");

        String groups = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "{\"environment\":\"e" + i + "\",\"machineFunction\":\"web\"}")
                .collect(Collectors.joining(","));
        assertThat(TestHttp.problem(413, http.put(HELLO_1, "application/json", "{\"groups\":[" + groups + "]}"))
                        .detail())
                .contains("10000");
        assertNothingDeclared();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n\n", "# nothing\n"})
    void aListWithoutMachinesIsRefused(String file) {
        TestHttp.problem(422, http.put(HELLO_1, "text/plain", file));
    }

    @Test
    void anEmptyBodyIsRefused() throws IOException {
        assertThat(http.putCutOff(HELLO_1, "text/plain", 0, ""))
                .startsWith("HTTP/1.1 422")
                .contains("application/problem+json");
        assertThat(http.putCutOff(HELLO_1, "application/json", 0, ""))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @Test
    void aBodyThatIsCutOffIsRefused() throws IOException {
        assertThat(http.putCutOff(HELLO_1, "text/plain", 1000, "m1\nm2\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
        assertThat(http.putCutOff(HELLO_1, "application/json", 1000, "{\"machines\":[\"m1\""))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "{\"machines\":\"m1\"}",
                "{\"machines\":[null]}",
                "{\"machines\":[{\"name\":\"m1\"}]}",
                "{\"machine\":[\"m1\"]}",
                "{\"machines\":[\"m1\"],\"options\":{\"maxUnavailable\":\"0\"}}",
                "{\"machines\":[\"m1\"],\"options\":{\"maxUnavailable\":\"101%\"}}",
                "{\"machines\":[\"m1\"],\"options\":{\"failureThreshold\":\"-1\"}}",
                "{\"machines\":[\"m1\"],\"options\":{\"maxAttempts\":0}}",
                "{\"machines\":[\"m1\"],\"options\":{\"maxAttempts\":\"many\"}}",
                "{\"machines\":[\"m1\"],\"reason\":\"a\\u0000b\"}",
                "{\"groups\":[null]}",
                "{\"groups\":[{\"environment\":\"east\"}]}",
                "{\"groups\":[{\"environment\":\"ea/st\",\"machineFunction\":\"web\"}]}"
            })
    void whatIsNoDeclarationIsRefused(String body) {
        TestHttp.problem(400, http.put(HELLO_1, "application/json", body));
    }

    @Test
    void nothingTargetedInJsonIsRefused() {
        for (String body : List.of("{}", "{\"machines\":[],\"groups\":[]}")) {
            TestHttp.problem(422, http.put(HELLO_1, "application/json", body));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxUnavailable=0",
                "maxUnavailable=lots",
                "failureThreshold=101%25",
                "maxAttempts=0",
                "maxAttempts=x",
                "reason=a%00b",
                "reason=LONG"
            })
    void optionsOfAFileThatAreNoneAreRefused(String query) {
        Problem problem = TestHttp.problem(
                400, http.put(HELLO_1 + "?" + query.replace("LONG", "x".repeat(1001)), "text/plain", "m1"));
        assertThat(problem.errors())
                .extracting(FieldError::field)
                .containsExactly(query.substring(0, query.indexOf('=')));
        assertThat(problem.detail()).doesNotContain("java");
    }

    @Test
    void aListOfAMillionLinesIsRefusedWithAHint() {
        String million = IntStream.range(0, 1_000_000).mapToObj(i -> "m" + i).collect(Collectors.joining("\n"));
        assertThat(TestHttp.problem(413, http.put(HELLO_1, "text/plain", million))
                        .detail())
                .contains("100000", "environments and machine functions");
    }

    @Test
    void aBodyOfTooManyBytesIsRefused() throws IOException {
        assertThat(http.putCutOff(HELLO_1, "text/plain", 40L << 20, ("#" + "x".repeat(1023) + "\n").repeat(33 << 10)))
                .startsWith("HTTP/1.1 413")
                .contains("application/problem+json");
    }

    @Test
    void aJsonBodyOfTooManyBytesIsRefused() throws IOException {
        assertThat(http.putCutOff(HELLO_1, "application/json", 40L << 20, "{\"machines\":["))
                .startsWith("HTTP/1.1 413")
                .contains("application/problem+json");
    }

    @Test
    void anUnknownVersionIsNotFound() {
        Problem problem =
                TestHttp.problem(404, http.put("/v1/services/hello/versions/9.9/targets", "text/plain", "m1"));
        assertThat(problem.errors()).containsExactly(new FieldError("version", "does not exist", "9.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "%20", "-a", "%E6%9C%BA", "a%00b", "UPPER_", "LONG"})
    void namesThatAreNoneAreRefusedEverywhere(String name) {
        String bad = name.replace("LONG", "a".repeat(10_000));
        String version = name.equals("UPPER_") ? "_" : bad;
        for (String path : List.of(
                "/v1/services/" + bad + "/versions/1.0/targets",
                "/v1/services/hello/versions/" + version + "/targets")) {
            TestHttp.problem(400, http.put(path, "text/plain", "m1"));
            TestHttp.problem(400, http.put(path, "application/json", "{\"machines\":[\"m1\"]}"));
            TestHttp.problem(400, http.get(path, "text/plain"));
            TestHttp.problem(400, http.get(path, "application/json"));
        }
        TestHttp.problem(400, http.get("/v1/services/" + bad + "/deployments", "*/*"));
        TestHttp.problem(400, http.get("/v1/services/hello/versions/" + version + "/deployments", "*/*"));
        TestHttp.problem(400, http.get("/v1/services/hello/machines/" + version + "/deployment", "*/*"));
        TestHttp.problem(400, http.get("/v1/deployments/" + bad, "*/*"));
    }

    @Test
    void listsAndIdsAreAskedForRightly() {
        String letters = Base64.getUrlEncoder().withoutPadding().encodeToString("x".getBytes(StandardCharsets.UTF_8));
        for (String query : List.of("limit=0", "limit=1001", "limit=x", "cursor=!!", "cursor=" + letters)) {
            TestHttp.problem(400, http.get("/v1/services/hello/deployments?" + query, "*/*"));
        }
        for (String query : List.of("limit=0", "afterRevision=x", "afterRevision=99999999999999999999")) {
            TestHttp.problem(400, http.get("/v1/deployments?" + query, "*/*"));
        }
        for (String id : List.of("d0", "1", "d01", "d-1", "d9999999999999999999")) {
            TestHttp.problem(400, http.get("/v1/deployments/" + id, "*/*"));
        }
        TestHttp.problem(404, http.get("/v1/deployments/d999999999999999999", "*/*"));
    }

    @Test
    void whoeverHasNotTheRightDeclaresNothing() {
        TestHttp.problem(401, as(null).put(HELLO_1, "text/plain", "m1"));
        TestHttp.problem(401, as(tokens.expired(Role.DEPLOYER)).put(HELLO_1, "text/plain", "m1"));
        TestHttp.problem(403, as(tokens.bearerFor(Role.DEPLOYER, "other")).put(HELLO_1, "text/plain", "m1"));
        for (Role role : List.of(Role.VIEWER, Role.PUBLISHER, Role.MACHINE, Role.SERVICE)) {
            TestHttp other = as(tokens.bearer(role));
            TestHttp.problem(403, other.put(HELLO_1, "text/plain", "m1"));
            TestHttp.problem(403, other.put(HELLO_1, "application/json", "{\"machines\":[\"m1\"]}"));
        }
    }

    @Test
    void anotherTypeOfBodyIsRefused() {
        TestHttp.problem(415, http.put(HELLO_1, "application/xml", "<m1/>"));
    }
}
