package dev.flotilla.target.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestHttp;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What declaring would answer, asked for first. */
class PreviewTest extends TargetWorld {
    private static final String PREVIEW = HELLO_1 + "/preview";

    @Test
    void saysWhatDeclaringWouldAnswerAndDeclaresNothing() {
        String body = "{\"machines\":[\"m1\",\"m2\"],\"options\":{\"canaryMachines\":\"1\"},\"reason\":\"why not\"}";
        Deployment would = preview(PREVIEW, body);
        assertNothingDeclared();
        assertThat(would.id()).isEqualTo(Deployment.UNDECLARED);
        assertThat(would.declared()).isFalse();

        Deployment is = declare(HELLO_1, body);
        assertThat(would.targets()).isEqualTo(is.targets());
        assertThat(would.payload()).isEqualTo(is.payload());
        assertThat(would.options()).isEqualTo(is.options());
        assertThat(preview(PREVIEW, body)).as("it is there already").isEqualTo(is);
        assertThat(ids("/v1/deployments")).containsExactly(is.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    422 | machines[1]            | {"machines":["m1","m0"]}
                    422 | machines[1]            | {"machines":["m1","m1"]}
                    422 | machines               | {}
                    422 | groups[0]              | {"groups":[{"environment":"east","machineFunction":"db"}]}
                    400 | options.maxUnavailable | {"machines":["m1"],"options":{"maxUnavailable":"0"}}
                    422 | rollbackOf             | {"machines":["m1"],"rollbackOf":"d999"}
                    """)
    void whatCannotBeDeclaredIsRefusedInTheSameWords(int status, String field, String body) {
        Problem previewed = TestHttp.problem(status, http.post(PREVIEW, "application/json", body));
        Problem declared = TestHttp.problem(status, http.put(HELLO_1, "application/json", body));
        assertThat(previewed.errors()).extracting(FieldError::field).containsExactly(field);
        assertThat(previewed.errors()).isEqualTo(declared.errors());
        assertThat(previewed.detail()).isEqualTo(declared.detail());
    }

    @Test
    void anUnknownVersionIsNamed() {
        String path = "/v1/services/hello/versions/9.9/targets/preview";
        assertThat(TestHttp.problem(404, http.post(path, "application/json", "{\"machines\":[\"m1\"]}"))
                        .errors())
                .extracting(FieldError::field)
                .containsExactly("version");
    }

    @Test
    void aNewerWishThatItsCallerDoesNotKnowIsNamed() {
        Deployment bad = declareFile(HELLO_1, "m1\n");
        Deployment newer = declareFile(HELLO_2, "m1\n");
        String body = "{\"machines\":[\"m1\"],\"rollbackOf\":\"%s\",\"asOf\":%d}".formatted(bad.id(), bad.revision());
        assertThat(TestHttp.problem(409, http.post(PREVIEW, "application/json", body))
                        .detail())
                .contains(newer.id());
    }

    @Test
    void whoeverMayReadMayAsk() {
        http = as(tokens.bearer(Role.VIEWER));
        assertThat(preview(PREVIEW, "{\"machines\":[\"m1\"]}").version()).isEqualTo("1.0");
        TestHttp.problem(401, as(null).post(PREVIEW, "application/json", "{\"machines\":[\"m1\"]}"));
    }

    private Deployment preview(String path, String body) {
        return Objects.requireNonNull(http.post(path, "application/json", body)
                .expectStatus()
                .isOk()
                .expectBody(Deployment.class)
                .returnResult()
                .getResponseBody());
    }
}
