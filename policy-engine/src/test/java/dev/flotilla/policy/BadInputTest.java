package dev.flotilla.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestHttp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Whatever is sent: the right 4xx problem, and nothing changed. */
class BadInputTest extends PolicyWorld {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"reason\":\"why\"}",
                "{\"machine\":\"m1\"}",
                "{\"machine\":\"m1\",\"reason\":\" \"}",
                "{\"machine\":\"m/1\",\"reason\":\"why\"}",
                "{\"service\":\"Hello\",\"reason\":\"why\"}",
                "{\"machine\":\"m1\",\"reason\":\"a\\u0000b\"}",
                "{\"machine\":\"m1\",\"reason\":\"a\\ud800\"}",
                "{\"machine\":\"m1\",\"reason\":\"LONG\"}",
                "{\"machine\":\"m1\",\"reason\":\"why\",\"until\":\"tomorrow\"}",
                "{\"machine\":\"m1\",\"reason\":\"why\",\"until\":\"2026-11-22T11:59:59Z\"}",
                "{\"machine\":\"m1\",\"reason\":\"why\",\"until\":\"+1000000000-12-31T23:59:59Z\"}",
                "{\"machine\":\"m1\",\"reason\":\"why\",\"untill\":null}"
            })
    void whatIsNoOptOutIsRefused(String body) {
        TestHttp.problem(400, http.put("/v1/opt-outs/bad", "application/json", body.replace("LONG", "x".repeat(1001))));
        assertThat(list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "%20", "-a", "%E6%9C%BA", "a%00b", "LONG"})
    void namesThatAreNoneAreRefused(String name) {
        String path = "/v1/opt-outs/" + name.replace("LONG", "a".repeat(10_000));
        TestHttp.problem(400, http.get(path, "*/*"));
        TestHttp.problem(400, http.put(path, "application/json", "{\"machine\":\"m1\",\"reason\":\"why\"}"));
        TestHttp.problem(400, http.delete(path));
    }

    @Test
    void aNameThatIsLeftEmptyIsNamed() {
        String body = "{\"machine\":\"m1\",\"reason\":\"why\"}";
        for (ResponseSpec answer : List.of(
                http.put("/v1/opt-outs/", "application/json", body),
                http.get("/v1/opt-outs/", "*/*"),
                http.delete("/v1/opt-outs/"))) {
            assertThat(TestHttp.problem(400, answer).detail()).isEqualTo("name: must not be empty");
        }
        assertThat(TestHttp.problem(400, http.get("/v1/tenants/", "*/*")).errors())
                .extracting(FieldError::field)
                .containsExactly("tenant");
        TestHttp.problem(404, http.get("/v1/opt-out/", "*/*"));
        assertThat(list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"service\":\"hello\"",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[]}",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[null]}",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[\"m1\"]}",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[{\"machine\":\"m1\"}]}",
                "{\"service\":\"he/llo\",\"version\":\"1\",\"machines\":[SUBJECT]}",
                "{\"service\":\"hello\",\"version\":\"\",\"machines\":[SUBJECT]}",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[SUBJECT],\"more\":1}"
            })
    void questionsThatAreNoneAreRefused(String body) {
        String subject = json.writeValueAsString(subject("m1"));
        TestHttp.problem(400, http.post("/v1/decisions", "application/json", body.replace("SUBJECT", subject)));
    }

    @Test
    void aQuestionAboutTooManyMachinesIsRefused() {
        List<Subject> subjects =
                IntStream.range(0, 10_001).mapToObj(i -> subject("m" + i)).toList();
        String body = json.writeValueAsString(new DecisionRequest("hello", "1", subjects));
        assertThat(TestHttp.problem(400, http.post("/v1/decisions", "application/json", body))
                        .errors())
                .extracting(FieldError::field)
                .containsExactly("machines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/decisions", "/v1/decisions/preview"})
    void aQuestionThatNamesAMachineTwiceIsRefused(String path) {
        String body = json.writeValueAsString(
                new DecisionRequest("hello", "1", List.of(subject("m1"), subject("m2"), subject("m1"))));
        assertThat(TestHttp.problem(400, http.post(path, "application/json", body))
                        .detail())
                .isEqualTo("machines[2].machine: is named already in machines[0]");
    }

    @Test
    void onlyOperatorsChangeOptOuts() {
        String body = "{\"machine\":\"m1\",\"reason\":\"why\"}";
        for (Role role : List.of(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER, Role.MACHINE, Role.SERVICE)) {
            TestHttp other = as(tokens.bearer(role));
            TestHttp.problem(403, other.put("/v1/opt-outs/x", "application/json", body));
            TestHttp.problem(403, other.delete("/v1/opt-outs/x"));
        }
        TestHttp.problem(401, as(null).put("/v1/opt-outs/x", "application/json", body));
        TestHttp.problem(401, as(tokens.expired(Role.OPERATOR)).get("/v1/opt-outs", "*/*"));
        assertThat(list()).isEmpty();
    }

    @Test
    void cursorsAndLimitsThatAreNoneAreRefused() {
        String zero = Base64.getUrlEncoder().withoutPadding().encodeToString("a\0b".getBytes(StandardCharsets.UTF_8));
        for (String query : List.of("limit=0", "limit=1001", "limit=x", "cursor=!!", "cursor=" + zero)) {
            TestHttp.problem(400, http.get("/v1/opt-outs?" + query, "*/*"));
        }
    }
}
