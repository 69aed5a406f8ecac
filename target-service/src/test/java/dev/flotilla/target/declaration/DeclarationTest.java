package dev.flotilla.target.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.Targets;
import dev.flotilla.platform.testing.TestHttp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class DeclarationTest extends TargetWorld {
    @Test
    void aDeclarationAsJsonIsStoredWhole() {
        Deployment deployment = declare(HELLO_1, """
                {"machines":["m2","m1"],"groups":[{"environment":"east","machineFunction":"web"}],
                 "options":{"maxUnavailable":"10"},"reason":"first light"}""");

        assertThat(deployment.service()).isEqualTo("hello");
        assertThat(deployment.version()).isEqualTo("1.0");
        assertThat(deployment.payload())
                .isEqualTo(uploads.version("hello", "1.0").payload());
        assertThat(deployment.targets())
                .isEqualTo(new Targets(List.of("m2", "m1"), List.of(new MachineGroup("east", "web"))));
        assertThat(deployment.options()).isEqualTo(new RolloutOptions("10", "5%", 3).orDefaults());
        assertThat(deployment.declaredBy()).isEqualTo("tester");
        assertThat(deployment.reason()).isEqualTo("first light");

        http.get("/v1/deployments/" + deployment.id(), "application/json")
                .expectBody(Deployment.class)
                .isEqualTo(deployment);
        assertThat(list("/v1/deployments").items()).singleElement().satisfies(summary -> {
            assertThat(summary.machines()).isEqualTo(2);
            assertThat(summary.groups()).isEqualTo(1);
            assertThat(summary.declaredAt()).isEqualTo(deployment.declaredAt());
        });
    }

    @Test
    void aListOfMachinesIsTakenAndServedAgainAsAFile() {
        Deployment deployment = declareFile(
                HELLO_1 + "?reason=l%C3%BCcke&maxUnavailable=50%25&maxAttempts=5",
                "\uFEFF# the first two\r\nm1\r\n\r\n  m2 # the second\nm3");
        assertThat(deployment.targets().machines()).containsExactly("m1", "m2", "m3");
        assertThat(deployment.reason()).isEqualTo("lücke");
        assertThat(deployment.options()).isEqualTo(new RolloutOptions("50%", "5%", 5).orDefaults());

        http.get(HELLO_1, "text/plain")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"target_hello_1.0\"")
                .expectBody(String.class)
                .isEqualTo("m1\nm2\nm3\n");
        http.get(HELLO_1, "*/*").expectBody(Deployment.class).isEqualTo(deployment);
        TestHttp.problem(404, http.get(HELLO_2, "text/plain"));
    }

    @Test
    void groupsAreCommentsInAFile() {
        declare(HELLO_1, """
                {"machines":["m1"],"groups":[{"environment":"east","machineFunction":"web"}]}""");
        http.get(HELLO_1, "text/plain").expectBody(String.class).isEqualTo("# all machines of east/web\nm1\n");
    }

    @Test
    void sayingTheSameAgainFindsTheSameDeployment() {
        Deployment first = declareFile(HELLO_1, "m1\nm2\n");
        assertThat(declareFile(HELLO_1, "m2\nm1\n").id()).isEqualTo(first.id());
        assertThat(declare(HELLO_1, "{\"machines\":[\"m1\",\"m2\"],\"options\":{\"maxAttempts\":3}}")
                        .id())
                .isEqualTo(first.id());
        assertThat(ids("/v1/deployments")).containsExactly(first.id());
    }

    @Test
    void sayingAnythingElseIsANewDeployment() {
        String first = declareFile(HELLO_1, "m1\nm2\n").id();
        String more = declareFile(HELLO_1, "m1\nm2\nm3\n").id();
        String fewer = declareFile(HELLO_1, "m1\n").id();
        String careful = declareFile(HELLO_1 + "?maxUnavailable=1", "m1\n").id();
        String other = declareFile(HELLO_2, "m1\n").id();
        String back = declareFile(HELLO_1, "m1\n").id();
        assertThat(ids("/v1/deployments")).containsExactly(first, more, fewer, careful, other, back);
    }

    @Test
    void aVersionThatWasReplacedMeanwhileIsANewDeployment() {
        String first = declareFile(HELLO_1, "m1\n").id();
        uploads.replace("hello", "1.0");
        assertThat(declareFile(HELLO_1, "m1\n").id()).isNotEqualTo(first);
    }

    @Test
    void aNewerDeploymentOfTheGroupOfAMachineTouchesTheMachine() {
        String group = "{\"groups\":[{\"environment\":\"%s\",\"machineFunction\":\"web\"}]}";
        String first = declareFile(HELLO_1, "m2\n").id();
        declare(HELLO_2, group.formatted("west"));
        assertThat(declareFile(HELLO_1, "m2\n").id()).isEqualTo(first);
        declare(HELLO_2, group.formatted("east"));
        assertThat(declareFile(HELLO_1, "m2\n").id()).isNotEqualTo(first);
    }

    @Test
    void aGroupIsDeclaredAgainWhereAMachineWasDeclaredSince() {
        String group = "{\"groups\":[{\"environment\":\"east\",\"machineFunction\":\"web\"}]}";
        String first = declare(HELLO_1, group).id();
        assertThat(declare(HELLO_1, group).id()).isEqualTo(first);
        declareFile(HELLO_2, "m2\n");
        assertThat(declare(HELLO_1, group).id()).isNotEqualTo(first);
    }

    @Test
    void aVersionIsTargetedUntilItIsSupersededEverywhere() {
        String first = declareFile(HELLO_1, "m1\nm2\n").id();
        assertThat(targeting("1.0")).containsExactly(first);
        String half = declareFile(HELLO_2, "m1\n").id();
        assertThat(targeting("1.0")).containsExactly(first);
        String rest = declareFile(HELLO_2, "m2\n").id();
        assertThat(targeting("1.0")).isEmpty();
        assertThat(targeting("2.0")).containsExactly(rest, half);
    }

    @Test
    void theDeploymentThatNamesAMachineLastIsFound() {
        declareFile(HELLO_1, "m1\nm2\n");
        String second = declareFile(HELLO_2, "m2\n").id();
        http.get("/v1/services/hello/machines/m2/deployment", "*/*")
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo(second);
        TestHttp.problem(404, http.get("/v1/services/hello/machines/m3/deployment", "*/*"));
    }

    @Test
    void theFeedAndTheHistoryAreReadPageByPage() {
        for (int i = 1; i <= 5; i++) {
            declareFile(i % 2 == 0 ? HELLO_1 : HELLO_2, "m1\n");
        }
        List<String> all = ids("/v1/deployments");
        assertThat(all).hasSize(5);
        long second = Long.parseLong(all.get(1).substring(1));
        assertThat(ids("/v1/deployments?afterRevision=" + second + "&limit=2")).isEqualTo(all.subList(2, 4));

        Page<DeploymentSummary> page = list("/v1/services/hello/deployments?limit=3");
        assertThat(page.items())
                .extracting(DeploymentSummary::id)
                .isEqualTo(all.reversed().subList(0, 3));
        Page<DeploymentSummary> rest = list("/v1/services/hello/deployments?limit=3&cursor=" + page.nextCursor());
        assertThat(rest.items())
                .extracting(DeploymentSummary::id)
                .isEqualTo(all.reversed().subList(3, 5));
        assertThat(rest.nextCursor()).isNull();
    }

    @Test
    void theOperationIsNamedInTheOpenApiDocumentWithBothKindsOfBody() {
        String put = "$.paths['/v1/services/{service}/versions/{version}/targets'].put";
        http.get("/v3/api-docs", "application/json")
                .expectBody()
                .jsonPath(put + ".operationId")
                .isEqualTo("requestDeployPayloadToTargets")
                .jsonPath(put + ".requestBody.content['application/json']")
                .exists()
                .jsonPath(put + ".requestBody.content['text/plain']")
                .exists()
                .jsonPath(put + ".parameters[*].name")
                .isEqualTo(List.of(
                        "service",
                        "version",
                        "maxUnavailable",
                        "failureThreshold",
                        "maxAttempts",
                        "canaryMachines",
                        "minHealthyTime",
                        "healthyDeadline",
                        "progressDeadline",
                        "onFailure",
                        "reason"));
    }
}
