package dev.flotilla.target.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestHttp;
import org.junit.jupiter.api.Test;

class RollbackDeclarationTest extends TargetWorld {
    @Test
    void isKeptWithWhatItTakesBack() {
        Deployment good = declareFile(HELLO_1, "m1\nm2\n");
        Deployment bad = declareFile(HELLO_2, "m1\nm2\n");
        Deployment back = declare(HELLO_1, rollback("\"m1\",\"m2\"", bad, bad));
        assertThat(back.rollbackOf()).isEqualTo(bad.id());
        assertThat(back.revision()).isGreaterThan(bad.revision());
        assertThat(declare(HELLO_1, rollback("\"m1\",\"m2\"", bad, bad)).id())
                .as("said again")
                .isEqualTo(back.id());
        assertThat(list("/v1/deployments").items().getLast().rollbackOf()).isEqualTo(bad.id());
        assertThat(good.rollbackOf()).isNull();
    }

    @Test
    void neverUndoesAWishThatItsCallerDoesNotKnow() {
        Deployment bad = declareFile(HELLO_1, "m1\nm2\nm3\n");
        Deployment newer = declareFile(HELLO_2, "m2\n");
        Problem problem =
                TestHttp.problem(409, http.put(HELLO_2, "application/json", rollback("\"m1\",\"m2\"", bad, bad)));
        assertThat(problem.detail()).contains(newer.id());
        assertThat(declare(HELLO_2, rollback("\"m1\",\"m3\"", bad, bad))
                        .targets()
                        .machines())
                .as("others are untouched by it")
                .containsExactly("m1", "m3");
        String group =
                "{\"groups\":[{\"environment\":\"east\",\"machineFunction\":\"web\"}],\"rollbackOf\":\"%s\",\"asOf\":%d}";
        TestHttp.problem(409, http.put(HELLO_2, "application/json", group.formatted(bad.id(), bad.revision())));
        declare(HELLO_2, group.formatted(bad.id(), newer.revision() + 10));
    }

    @Test
    void takesBackOnlyWhatThereIs() {
        Deployment bad = declareFile(HELLO_1, "m1\n");
        Problem unknown = TestHttp.problem(
                422,
                http.put(HELLO_1, "application/json", "{\"machines\":[\"m1\"],\"rollbackOf\":\"d999\",\"asOf\":1}"));
        assertThat(unknown.errors()).extracting(Problem.FieldError::field).containsExactly("rollbackOf");
        Problem malformed = TestHttp.problem(
                400, http.put(HELLO_1, "application/json", "{\"machines\":[\"m1\"],\"rollbackOf\":\"x\",\"asOf\":-1}"));
        assertThat(malformed.errors())
                .extracting(Problem.FieldError::field)
                .containsExactlyInAnyOrder("asOf", "rollbackOf");
        assertThat(bad.rollbackOf()).isNull();
    }

    @Test
    void mayBeDeclaredByAServiceWhichMayDeclareNothingElse() {
        Deployment bad = declareFile(HELLO_1, "m1\n");
        TestHttp service = as(tokens.bearer(Role.SERVICE));
        service.put(HELLO_2, "application/json", rollback("\"m1\"", bad, bad))
                .expectStatus()
                .isAccepted();
        TestHttp.problem(403, service.put(HELLO_2, "application/json", "{\"machines\":[\"m1\"]}"));
        TestHttp.problem(
                403,
                service.put(
                        HELLO_2, "application/json", "{\"machines\":[\"m1\"],\"rollbackOf\":\"" + bad.id() + "\"}"));
    }

    private static String rollback(String machines, Deployment of, Deployment asOf) {
        return "{\"machines\":[%s],\"rollbackOf\":\"%s\",\"asOf\":%d}".formatted(machines, of.id(), asOf.revision());
    }
}
