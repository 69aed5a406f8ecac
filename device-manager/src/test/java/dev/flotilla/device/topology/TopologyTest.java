package dev.flotilla.device.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.device.ImportResult;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineGroupCount;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class TopologyTest {
    private static final String HEADER = "name,environment,machineFunction,faultDomain,region,address\n";

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @LocalServerPort
    int port;

    private TestHttp http;

    @BeforeEach
    void anEmptyTopology() {
        TestFleet.clear(jdbc);
        http = as(tokens.bearer(Role.OPERATOR));
    }

    @Test
    void aMachineIsAddedChangedReadAndRetired() {
        Machine m1 = machine("m1", "east", "web", "fd1");
        put(m1);
        assertThat(read("m1")).isEqualTo(m1);

        Machine moved = machine("m1", "east", "db", "fd2");
        put(moved);
        assertThat(read("m1")).isEqualTo(moved);

        http.delete("/v1/machines/m1").expectStatus().isNoContent();
        http.delete("/v1/machines/m1").expectStatus().isNoContent();
        assertThat(TestHttp.problem(404, http.get("/v1/machines/m1", "*/*")).errors())
                .containsExactly(new FieldError("machine", "does not exist", "m1"));
    }

    @Test
    void aListIsImportedAsJsonAndImportedAgainChangesNothing() {
        List<Machine> machines = List.of(machine("m1", "east", "web", "fd1"), machine("m2", "west", "web", "fd1"));
        assertThat(importJson(machines)).isEqualTo(new ImportResult(2, 0, 0));
        assertThat(importJson(machines)).isEqualTo(new ImportResult(0, 0, 2));
        assertThat(importJson(List.of(machine("m2", "west", "db", "fd1"), machine("m3", "west", "db", "fd1"))))
                .isEqualTo(new ImportResult(1, 1, 0));
    }

    @Test
    void anEmptyImportDoesNothing() {
        assertThat(importJson(List.of())).isEqualTo(new ImportResult(0, 0, 0));
        assertThat(importCsv(HEADER)).isEqualTo(new ImportResult(0, 0, 0));
    }

    @Test
    void whatIsExportedAsCsvCanBeImported() {
        importJson(List.of(of("acme", machine("m2", "west", "web", "fd1")), machine("m1", "east", "web", "fd1")));
        String csv = Objects.requireNonNull(http.get("/v1/machines", "text/csv")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("text/csv;charset=UTF-8")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        assertThat(csv.lines().toList())
                .containsExactly(
                        HEADER.strip() + ",tenant",
                        "m1,east,web,fd1,region-east,http://10.0.0.1:8084,",
                        "m2,west,web,fd1,region-west,http://10.0.0.1:8084,acme");
        assertThat(importCsv(csv)).isEqualTo(new ImportResult(0, 0, 2));
        anEmptyTopology();
        assertThat(importCsv(csv)).isEqualTo(new ImportResult(2, 0, 0));
    }

    @Test
    void aFileWithoutTheColumnTenantLeavesTheTenantsAsTheyAre() {
        importJson(List.of(of("acme", machine("m1", "east", "web", "fd1")), machine("m2", "east", "web", "fd1")));
        assertThat(importCsv(HEADER + "m1,east,web,fd2,region-east,http://10.0.0.1:8084\n"
                        + "m2,east,web,fd1,region-east,http://10.0.0.1:8084\n"))
                .isEqualTo(new ImportResult(0, 1, 1));
        assertThat(read("m1")).isEqualTo(of("acme", machine("m1", "east", "web", "fd2")));

        put(machine("m1", "east", "web", "fd2"));
        assertThat(read("m1")).isEqualTo(machine("m1", "east", "web", "fd2"));
    }

    @Test
    void aMachineIsGivenToATenantAndStaysAsItIsOtherwise() {
        put(machine("m1", "east", "web", "fd1"));
        put(machine("m2", "east", "web", "fd1"));
        assertThat(give("{\"tenant\": \"acme\", \"machines\": [\"m2\", \"m1\"]}"))
                .containsExactly(
                        of("acme", machine("m2", "east", "web", "fd1")),
                        of("acme", machine("m1", "east", "web", "fd1")));
        assertThat(give("{\"machines\": [\"m2\"]}")).containsExactly(machine("m2", "east", "web", "fd1"));
        Problem unknown = TestHttp.problem(
                422,
                http.post(
                        "/v1/machines/tenant", "application/json", "{\"tenant\":\"b\",\"machines\":[\"m1\",\"m9\"]}"));
        assertThat(unknown.errors()).containsExactly(new FieldError("machines[1]", "does not exist", "m9"));
        assertThat(read("m1")).isEqualTo(of("acme", machine("m1", "east", "web", "fd1")));
        TestHttp.problem(
                403,
                as(tokens.bearer(Role.SERVICE))
                        .post("/v1/machines/tenant", "application/json", "{\"machines\":[\"m1\"]}"));
    }

    private List<Machine> give(String assignment) {
        return Objects.requireNonNull(http.post("/v1/machines/tenant", "application/json", assignment)
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<List<Machine>>() {})
                .returnResult()
                .getResponseBody());
    }

    @Test
    void theMachinesOfATenantAreListed() {
        importJson(List.of(
                of("acme", machine("m1", "east", "web", "fd1")),
                of("acme", machine("m2", "west", "web", "fd1")),
                of("other", machine("m3", "west", "web", "fd1"))));
        http.get("/v1/tenants/acme/machines", "application/json")
                .expectBody()
                .jsonPath("$.items[*].name")
                .isEqualTo(List.of("m1", "m2"));
        http.get("/v1/tenants/nobody/machines", "application/json")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(0);
    }

    @Test
    void anExportIsFiltered() {
        importJson(List.of(machine("m2", "west", "web", "fd1"), machine("m1", "east", "web", "fd1")));
        http.get("/v1/machines?region=region-west", "text/csv")
                .expectBody(String.class)
                .value(csv -> assertThat(csv).contains("m2,").doesNotContain("m1,"));
    }

    @Test
    void csvMayHaveAByteOrderMarkQuotesBlankLinesAndColumnsInAnyOrder() {
        String csv = "\uFEFFregion,name,\"environment\",machineFunction,faultDomain,address\r\n\r\n"
                + "region-east, m1 ,\"east\",web,fd1,http://10.0.0.1:8084\r\n";
        assertThat(importCsv(csv)).isEqualTo(new ImportResult(1, 0, 0));
        assertThat(read("m1")).isEqualTo(machine("m1", "east", "web", "fd1"));
    }

    @Test
    void withoutAnAcceptedTypeMachinesAreJson() {
        importJson(List.of(machine("m1", "east", "web", "fd1")));
        for (String accept : List.of("*/*", "text/html,application/xhtml+xml,*/*;q=0.8")) {
            http.get("/v1/machines", accept).expectHeader().contentType("application/json");
        }
    }

    @Test
    void machinesAreFoundByEveryPartOfTheirPlacePageByPage() {
        importJson(List.of(
                machine("m1", "east", "web", "fd1"),
                machine("m10", "east", "web", "fd2"),
                machine("m2", "east", "db", "fd1"),
                machine("m3", "west", "web", "fd1")));
        assertThat(names("environment=east")).containsExactly("m1", "m10", "m2");
        assertThat(names("machineFunction=web")).containsExactly("m1", "m10", "m3");
        assertThat(names("faultDomain=fd1")).containsExactly("m1", "m2", "m3");
        assertThat(names("region=region-west")).containsExactly("m3");
        assertThat(names("environment=east&machineFunction=web&faultDomain=fd2"))
                .containsExactly("m10");
        assertThat(names("environment=nowhere")).isEmpty();
    }

    @Test
    void lookupTellsTheKnownFromTheUnknownInTheOrderAsked() {
        importJson(List.of(machine("m1", "east", "web", "fd1"), machine("m2", "east", "web", "fd1")));
        http.post("/v1/machines/lookup", "application/json", "{\"names\":[\"m9\",\"m2\",\"no such\",\"m1\",\"m2\"]}")
                .expectBody()
                .jsonPath("$.machines[*].name")
                .isEqualTo(List.of("m2", "m1"))
                .jsonPath("$.unknown")
                .isEqualTo(List.of("m9", "no such"));
    }

    @Test
    void groupsAreCountedAsMachinesComeMoveAndGo() {
        importJson(List.of(
                machine("m1", "east", "web", "fd1"),
                machine("m2", "east", "web", "fd2"),
                machine("m3", "east", "web", "fd2"),
                machine("m4", "west", "db", "fd1")));
        assertThat(counts())
                .containsExactly(
                        counted("east", "web", "region-east", 3, 2), counted("west", "db", "region-west", 1, 1));

        put(machine("m1", "west", "db", "fd1"));
        http.delete("/v1/machines/m2");
        assertThat(counts())
                .containsExactly(
                        counted("east", "web", "region-east", 1, 1), counted("west", "db", "region-west", 2, 1));

        anEmptyTopology();
        assertThat(counts()).isEmpty();
    }

    @Test
    void theRevisionOfAGroupRisesWithEachChangeOfItsMachinesAndWithNothingElse() {
        importJson(List.of(
                machine("m1", "east", "web", "fd1"),
                machine("m2", "east", "web", "fd2"),
                machine("m3", "west", "db", "fd1")));
        long first = revision("east");
        long other = revision("west");

        importJson(List.of(machine("m1", "east", "web", "fd1")));
        assertThat(revision("east")).isEqualTo(first);

        put(machine("m1", "east", "web", "fd1").at("http://10.0.0.99:8084"));
        long moved = revision("east");
        assertThat(moved).isGreaterThan(first);

        http.delete("/v1/machines/m2");
        long retired = revision("east");
        assertThat(retired).isGreaterThan(moved);
        assertThat(revision("west")).isEqualTo(other);

        put(machine("m1", "west", "api", "fd1"));
        assertThat(groups()).noneMatch(group -> group.environment().equals("east"));
        put(machine("m1", "east", "web", "fd1"));
        assertThat(revision("east")).isGreaterThan(retired);
        assertThat(revision("west")).isEqualTo(other);
    }

    @Test
    void anEnvironmentMayMoveToAnotherRegionAsAWholeOnly() {
        importJson(List.of(machine("m1", "east", "web", "fd1"), machine("m2", "east", "web", "fd1")));
        String moved = json.writeValueAsString(List.of(in("m1", "east", "north"), in("m2", "east", "north")));
        http.put("/v1/machines", "application/json", moved).expectStatus().isOk();
        assertThat(counts()).containsExactly(counted("east", "web", "north", 2, 1));

        String half = json.writeValueAsString(List.of(in("m3", "east", "south"), in("m1", "east", "south")));
        assertThat(TestHttp.problem(422, http.put("/v1/machines", "application/json", half))
                        .errors())
                .extracting(FieldError::field)
                .containsExactly("machines[0].region", "machines[1].region");
        assertThat(counts()).containsExactly(counted("east", "web", "north", 2, 1));
    }

    @Test
    void bothKindsOfImportAreInTheOpenApiDocument() {
        http.get("/v3/api-docs", "application/json")
                .expectBody()
                .jsonPath("$.paths['/v1/machines'].put.requestBody.content['application/json']")
                .exists()
                .jsonPath("$.paths['/v1/machines'].put.requestBody.content['text/csv']")
                .exists();
    }

    private static Machine machine(String name, String environment, String function, String faultDomain) {
        return new Machine(name, environment, function, faultDomain, "region-" + environment, "http://10.0.0.1:8084");
    }

    private static Machine of(String tenant, Machine machine) {
        return new Machine(
                machine.name(),
                machine.environment(),
                machine.machineFunction(),
                machine.faultDomain(),
                machine.region(),
                machine.address(),
                tenant);
    }

    private static Machine in(String name, String environment, String region) {
        return new Machine(name, environment, "web", "fd1", region, "http://10.0.0.1:8084");
    }

    private TestHttp as(@Nullable String token) {
        return new TestHttp(client, port, token);
    }

    private void put(Machine machine) {
        http.put("/v1/machines/" + machine.name(), "application/json", json.writeValueAsString(machine))
                .expectStatus()
                .isOk();
    }

    private @Nullable Machine read(String name) {
        return http.get("/v1/machines/" + name, "application/json")
                .expectBody(Machine.class)
                .returnResult()
                .getResponseBody();
    }

    private @Nullable ImportResult importJson(List<Machine> machines) {
        return http.put("/v1/machines", "application/json", json.writeValueAsString(machines))
                .expectBody(ImportResult.class)
                .returnResult()
                .getResponseBody();
    }

    private @Nullable ImportResult importCsv(String csv) {
        return http.put("/v1/machines", "text/csv", csv)
                .expectBody(ImportResult.class)
                .returnResult()
                .getResponseBody();
    }

    private List<String> names(String query) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Page<Machine> page = Objects.requireNonNull(http.get(
                            "/v1/machines?limit=1&" + query + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
                            "application/json")
                    .expectBody(new ParameterizedTypeReference<Page<Machine>>() {})
                    .returnResult()
                    .getResponseBody());
            page.items().forEach(machine -> names.add(machine.name()));
            cursor = page.nextCursor();
        }
        return names;
    }

    /** As read, its revision left out. */
    private static MachineGroupCount counted(
            String environment, String function, String region, long machines, int domains) {
        return new MachineGroupCount(environment, function, region, machines, domains, 0);
    }

    private List<MachineGroupCount> counts() {
        return Objects.requireNonNull(groups()).stream()
                .map(group -> counted(
                        group.environment(),
                        group.machineFunction(),
                        group.region(),
                        group.machines(),
                        group.faultDomains()))
                .toList();
    }

    private long revision(String environment) {
        return Objects.requireNonNull(groups()).stream()
                .filter(group -> group.environment().equals(environment))
                .findFirst()
                .orElseThrow()
                .revision();
    }

    private @Nullable List<MachineGroupCount> groups() {
        return http.get("/v1/groups", "application/json")
                .expectBody(new ParameterizedTypeReference<List<MachineGroupCount>>() {})
                .returnResult()
                .getResponseBody();
    }
}
