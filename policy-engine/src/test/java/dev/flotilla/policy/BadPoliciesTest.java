package dev.flotilla.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestHttp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake has a problem of its own that names the field, and nothing is stored. */
class BadPoliciesTest extends PolicyWorld {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | selector | {'selector':{},'effect':'DENY','reason':'why'}",
                "400 | selector | {'effect':'DENY','reason':'why'}",
                "400 | selector.all | {'selector':{'all':true,'service':'hello'},'effect':'DENY','reason':'why'}",
                "400 | selector.machine | {'selector':{'machine':'m/1'},'effect':'DENY','reason':'why'}",
                "400 | effect | {'selector':{'all':true},'reason':'why'}",
                "400 | reason | {'selector':{'all':true},'effect':'DENY'}",
                "400 | effect | {'selector':{'all':true},'effect':0,'reason':'why'}",
                "400 | selector.all | {'selector':{'all':1},'effect':'DENY','reason':'why'}",
                "400 | reason | {'selector':{'all':true},'effect':'DENY','reason':true}",
                "400 | reason | {'selector':{'all':true},'effect':'DENY','reason':'why','reason':'so'}",
                "400 | until | {'selector':{'all':true},'effect':'DENY','reason':'why','until':2147483648}",
                "400 | until | {'selector':{'all':true},'effect':'DENY','reason':'why','until':''}",
                "400 | until | {'selector':{'all':true},'effect':'DENY','reason':'why','until':'2020-01-01T00:00:00Z'}",
                "400 | until | {'selector':{'all':true},'effect':'DENY','reason':'why','until':'2098-01-01T00:00:00Z','schedule':{'zone':'UTC',"
                        + "'windows':[{'start':'2098-02-01T00:00','end':'2098-03-01T00:00'}],'when':'INSIDE'}}",
                "400 | condition | {'selector':{'all':true},'effect':'DENY','reason':'why','condition':'machne == 1'}",
                "400 | condition | {'selector':{'all':true},'effect':'DENY','reason':'why','condition':'machine'}",
                "400 | condition | {'selector':{'all':true},'effect':'DENY','reason':'why','condition':'1/0 == 1'}",
                "400 | condition | {'selector':{'all':true},'effect':'DENY','reason':'why','condition':''}",
                "400 | schedule.zone | {'selector':{'all':true},'effect':'DEFER','reason':'why','schedule':{'zone':'Mars/North','when':'INSIDE','windows':[{'from':'01:00','to':'02:00'}]}}",
                "400 | schedule.windows | {'selector':{'all':true},'effect':'DEFER','reason':'why','schedule':{'zone':'UTC','when':'INSIDE','windows':[]}}",
                "400 | schedule.windows[0].to | {'selector':{'all':true},'effect':'DEFER','reason':'why','schedule':{'zone':'UTC','when':'INSIDE','windows':[{'from':'01:00','to':'01:00'}]}}",
                "400 | schedule.windows[0].end | {'selector':{'all':true},'effect':'DEFER','reason':'why','schedule':{'zone':'UTC','when':'INSIDE','windows':[{'start':'2026-12-02T00:00','end':'2026-12-01T00:00'}]}}",
                "400 | schedule.windows[0] | {'selector':{'all':true},'effect':'DEFER','reason':'why','schedule':{'zone':'UTC','when':'INSIDE','windows':[{'start':'2020-12-02T00:00','end':'2020-12-03T00:00'}]}}",
                "400 | schedule.windows[0].start | {'selector':{'all':true},'effect':'DEFER','reason':'why','schedule':{'zone':'Europe/Berlin','when':'INSIDE','windows':[{'start':'2027-03-28T02:30','end':'2027-03-29T00:00'}]}}",
                "422 | selector.environment | {'selector':{'environment':'mars'},'effect':'DENY','reason':'why'}",
                "422 | selector.environment | {'selector':{'environment':'mars','machine':'m1'},'effect':'DENY','reason':'why'}",
                "422 | selector.tenant | {'selector':{'machine':'m1','tenant':'shop'},'effect':'DENY','reason':'why'}",
                "422 | selector.machineFunction | {'selector':{'machineFunction':'db'},'effect':'DENY','reason':'why'}",
                "422 | selector.machine | {'selector':{'machine':'m3'},'effect':'DENY','reason':'why'}",
                "422 | selector.service | {'selector':{'service':'nothing'},'effect':'DENY','reason':'why'}"
            })
    void whatCantBeAPolicyIsRefused(int status, String field, String body) {
        Problem problem =
                TestHttp.problem(status, http.put("/v1/policies/bad", "application/json", body.replace('\'', '"')));
        assertThat(problem.errors()).extracting(FieldError::field).contains(field);
        TestHttp.problem(404, http.get("/v1/policies/bad", "*/*"));
    }

    @Test
    void aConditionThatLoopsTooLongIsRefusedWithItsCost() {
        String list = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]";
        String loops = list + ".exists(a, " + list + ".exists(b, " + list + ".exists(c, a + b + c > 100)))";
        Problem problem = TestHttp.problem(
                400,
                http.put(
                        "/v1/policies/bad",
                        "application/json",
                        "{\"selector\":{\"all\":true},\"effect\":\"DENY\",\"reason\":\"why\",\"condition\":\"" + loops
                                + "\"}"));
        assertThat(problem.detail()).contains("costs too much");
    }

    @Test
    void aMistakeInAConditionIsToldWithLineAndColumn() {
        Problem problem = TestHttp.problem(
                400,
                http.put(
                        "/v1/policies/bad",
                        "application/json",
                        "{\"selector\":{\"all\":true},\"effect\":\"DENY\",\"reason\":\"why\",\"condition\":\"true &&\\n oops\"}"));
        assertThat(problem.detail()).contains("line 2, column 2").contains("oops");
    }

    @Test
    void whatMatchesNothingYetIsTakenWhereThatIsMeant() {
        http.put(
                        "/v1/policies/early",
                        "application/json",
                        "{\"selector\":{\"environment\":\"mars\"},\"effect\":\"DENY\",\"reason\":\"why\",\"mayMatchNothing\":true}")
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | policies | {'selector':{'all':true},'reason':'why','holder':'ops','until':'2026-11-22T13:00:00Z'}",
                "400 | until | {'selector':{'all':true},'allDeferrals':true,'reason':'why','holder':'ops'}",
                "400 | until | {'selector':{'all':true},'allDeferrals':true,'reason':'why','holder':'ops','until':'2026-11-22T11:00:00Z'}",
                "400 | until | {'selector':{'all':true},'allDeferrals':true,'reason':'why','holder':'ops','until':'2026-11-29T12:00:01Z'}",
                "400 | holder | {'selector':{'all':true},'allDeferrals':true,'reason':'why','until':'2026-11-22T13:00:00Z'}",
                "400 | reason | {'selector':{'all':true},'allDeferrals':true,'holder':'ops','until':'2026-11-22T13:00:00Z'}",
                "400 | selector | {'selector':{},'allDeferrals':true,'reason':'why','holder':'ops','until':'2026-11-22T13:00:00Z'}",
                "422 | policies[0] | {'selector':{'all':true},'policies':['gone'],'reason':'why','holder':'ops','until':'2026-11-22T13:00:00Z'}",
                "422 | optOuts[0] | {'selector':{'all':true},'optOuts':['gone'],'reason':'why','holder':'ops','until':'2026-11-22T13:00:00Z'}"
            })
    void whatCantBeAnOverrideIsRefused(int status, String field, String body) {
        Problem problem =
                TestHttp.problem(status, http.put("/v1/overrides/bad", "application/json", body.replace('\'', '"')));
        assertThat(problem.errors()).extracting(FieldError::field).contains(field);
        TestHttp.problem(404, http.get("/v1/overrides/bad", "*/*"));
    }

    @Test
    void onlyOperatorsChangeRules() {
        String policy = "{\"selector\":{\"all\":true},\"effect\":\"DENY\",\"reason\":\"why\"}";
        for (Role role : List.of(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER, Role.MACHINE)) {
            TestHttp other = as(tokens.bearer(role));
            TestHttp.problem(403, other.put("/v1/policies/x", "application/json", policy));
            TestHttp.problem(403, other.delete("/v1/policies/x"));
            TestHttp.problem(403, other.delete("/v1/overrides/x"));
        }
        TestHttp.problem(401, as(null).put("/v1/policies/x", "application/json", policy));
        TestHttp.problem(404, http.get("/v1/policies/x", "*/*"));
    }

    @Test
    void cursorsAndLimitsThatAreNoneAreRefused() {
        for (String list : List.of("policies", "overrides", "policy-revisions", "tenants")) {
            for (String query : List.of("limit=0", "limit=1001", "limit=x", "cursor=!!")) {
                TestHttp.problem(400, http.get("/v1/" + list + "?" + query, "*/*"));
            }
        }
    }
}
