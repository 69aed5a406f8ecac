package dev.flotilla.device.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class BadRepairInputTest {
    private static final String CLAIM = """
            {"holder":"d1","kind":"DEPLOY","forced":false,"service":"hello","reason":"update","lease":"PT10M",\
            "maxUnavailable":"20%","machines":["m1"]}""";

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
    void fourMachines() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 4, 2);
        http = new TestHttp(client, port, tokens.bearer(Role.OPERATOR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "\"PT10M\";\"PT0S\";lease",
                "\"PT10M\";\"PT-10M\";lease",
                "\"PT10M\";\"PT1H1S\";lease",
                "\"PT10M\";\"PT9.999S\";lease",
                "\"PT10M\";\"soon\";lease",
                "\"PT10M\";null;lease",
                "\"20%\";\"0\";maxUnavailable",
                "\"20%\";\"-1\";maxUnavailable",
                "\"20%\";\"101%\";maxUnavailable",
                "\"hello\";null;service",
                "\"hello\";\"Hello\";service",
                "\"DEPLOY\";\"REBOOT\";service",
                "\"DEPLOY\";\"PAINT\";kind",
                "\"d1\";\"\";holder",
                "\"d1\";\"a b\";holder",
                "\"update\";\" \";reason",
                "[\"m1\"];[];machines",
                "[\"m1\"];[null];machines[0]",
                "[\"m1\"];[\"m 1\"];machines[0]",
                "[\"m1\"];null;machines",
            })
    void aClaimThatCantBeMeantIsRefusedAndTheFieldNamed(String right, String wrong, String field) {
        Problem problem = TestHttp.problem(400, post("claims", CLAIM.replace(right, wrong)));
        assertThat(problem.errors()).extracting(FieldError::field).contains(field);
        nothingIsHeld();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"20%\";1.5;maxUnavailable: must be a number of machines from 1 to 999999, or a share from 1% to 100%",
                "\"20%\";1e9;maxUnavailable: must be a number of machines from 1 to 999999, or a share from 1% to 100%",
                "[\"m1\"];[];machines: must be at least 1, and at most 10,000"
            })
    void howMuchIsAllowedIsSaid(String right, String wrong, String detail) {
        assertThat(TestHttp.problem(400, post("claims", CLAIM.replace(right, wrong)))
                        .detail())
                .isEqualTo(detail);
    }

    @Test
    void aClaimThatNamesAMachineTwiceIsRefused() {
        Problem problem = TestHttp.problem(422, post("claims", CLAIM.replace("\"m1\"", "\"m1\",\"m2\",\"m1\"")));
        assertThat(problem.errors()).containsExactly(new FieldError("machines[2]", "is the same as machines[0]", "m1"));
        nothingIsHeld();
    }

    @Test
    void aClaimOfTooManyMachinesIsRefused() {
        for (int machines : new int[] {10_001, 1_000_000}) {
            String many =
                    IntStream.range(0, machines).mapToObj(i -> "\"m" + i + "\"").collect(Collectors.joining(","));
            TestHttp.problem(413, post("claims", CLAIM.replace("\"m1\"", many)));
        }
        nothingIsHeld();
    }

    @Test
    void closingsAndRenewalsThatCantBeMeantAreRefused() {
        String closing =
                "{\"holder\":\"d1\",\"closings\":[{\"repair\":\"r1\",\"outcome\":\"%s\",\"reason\":\"over\"}]}";
        TestHttp.problem(400, post("closings", closing.formatted("ACTIVE")));
        TestHttp.problem(400, post("closings", closing.formatted("EXPIRED")));
        TestHttp.problem(400, post("closings", "{\"holder\":\"d1\",\"closings\":[]}"));
        TestHttp.problem(400, post("renewals", "{\"holder\":\"d1\",\"lease\":\"PT1S\",\"repairs\":[\"r1\"]}"));
        TestHttp.problem(400, post("renewals", "{\"holder\":\"d1\",\"lease\":\"PT1M\",\"repairs\":[null]}"));
    }

    @Test
    void requestsThatCantBeMeantAreRefusedWhole() {
        String request = "{\"kind\":\"REBOOT\",\"forced\":false,\"reason\":\"why\",\"machines\":[\"m1\",\"nobody\"]}";
        Problem problem = TestHttp.problem(422, http.post("/v1/repairs", "application/json", request));
        assertThat(problem.errors()).containsExactly(new FieldError("machines[1]", "does not exist", "nobody"));
        TestHttp.problem(400, http.post("/v1/repairs", "application/json", request.replace("REBOOT", "DEPLOY")));
        assertThat(jdbc.sql("select count(*) from repair").query(Long.class).single())
                .isZero();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        TestHttp.problem(404, http.get("/v1/repairs/r1", "application/json"));
        TestHttp.problem(404, http.get("/v1/repairs/1", "application/json"));
        TestHttp.problem(404, http.get("/v1/repairs/r99999999999999999999", "application/json"));
        TestHttp.problem(404, http.get("/v1/groups/prod/nothing", "application/json"));
        TestHttp.problem(404, http.get("/v1/machines/nobody/health", "application/json"));
        TestHttp.problem(400, http.get("/v1/repairs?state=BROKEN", "application/json"));
        TestHttp.problem(400, http.get("/v1/repairs?cursor=x", "application/json"));
        TestHttp.problem(400, http.get("/v1/repairs?limit=0", "application/json"));
    }

    @Test
    void healthThatCantBeMeantIsRefusedWhole() {
        String report = "{\"machines\":[{\"machine\":\"m1\",\"health\":\"FAILING\",\"reason\":\"disk\"},%s]}";
        for (String second : new String[] {
            "{\"machine\":\"nobody\",\"health\":\"FAILING\",\"reason\":\"disk\"}",
            "{\"machine\":\"m1\",\"health\":\"FAILING\",\"reason\":\"disk\"}",
            "{\"machine\":\"m2\",\"health\":\"LOST\",\"reason\":\"gone\"}"
        }) {
            TestHttp.problem(422, http.post("/v1/machines/health", "application/json", report.formatted(second)));
        }
        assertThat(jdbc.sql("select count(*) from machine_state")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whoeverHasNotTheRightChangesNothing() {
        http = new TestHttp(client, port, tokens.bearer(Role.DEPLOYER, Role.MACHINE, Role.PUBLISHER, Role.VIEWER));
        TestHttp.problem(403, post("claims", CLAIM));
        TestHttp.problem(403, post("renewals", "{\"holder\":\"d1\",\"lease\":\"PT1M\",\"repairs\":[\"r1\"]}"));
        TestHttp.problem(
                403,
                post(
                        "closings",
                        "{\"holder\":\"d1\",\"closings\":[{\"repair\":\"r1\",\"outcome\":\"DONE\",\"reason\":\"x\"}]}"));
        TestHttp.problem(403, put("/v1/repairs/r1/state", "{\"state\":\"DONE\",\"reason\":\"x\"}"));
        TestHttp.problem(403, put("/v1/groups/prod/web/limits", "{\"maxUnavailable\":\"1\"}"));
        TestHttp.problem(403, put("/v1/region-pairs/p", "{\"regions\":[\"a\",\"b\"]}"));
        TestHttp.problem(403, http.delete("/v1/region-pairs/p"));
        TestHttp.problem(
                403,
                http.post(
                        "/v1/machines/health",
                        "application/json",
                        "{\"machines\":[{\"machine\":\"m1\",\"health\":\"FAILING\",\"reason\":\"disk\"}]}"));
        TestHttp.problem(
                403,
                http.post(
                        "/v1/repairs",
                        "application/json",
                        "{\"kind\":\"REBOOT\",\"forced\":false,\"reason\":\"why\",\"machines\":[\"m1\"]}"));
        nothingIsHeld();
    }

    private RestTestClient.ResponseSpec post(String what, String body) {
        return http.post("/v1/repairs/" + what, "application/json", body);
    }

    private RestTestClient.ResponseSpec put(String path, String body) {
        return http.put(path, "application/json", body);
    }

    private void nothingIsHeld() {
        assertThat(jdbc.sql("select count(*) from repair").query(Long.class).single())
                .isZero();
    }
}
