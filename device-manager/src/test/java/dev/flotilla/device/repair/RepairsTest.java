package dev.flotilla.device.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.Claims.Answer;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.Closings;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Health;
import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.HealthReport;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineHealth;
import dev.flotilla.api.device.RenewalRequest;
import dev.flotilla.api.device.Renewals;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairDetail.Transition;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairRequest;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.device.RepairStateChange;
import dev.flotilla.device.testing.TestApis;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class RepairsTest {
    private static final Duration LEASE = Duration.ofMinutes(10);

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

    private RepairApi repairs;
    private HealthApi healths;
    private DeviceApi devices;
    private TestHttp http;

    @BeforeEach
    void twentyMachines() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 20, 4);
        String operator = tokens.bearer(Role.OPERATOR);
        repairs = TestApis.client(RepairApi.class, port, operator);
        healths = TestApis.client(HealthApi.class, port, operator);
        devices = TestApis.client(DeviceApi.class, port, operator);
        http = new TestHttp(client, port, operator);
    }

    @Test
    void aClaimedRepairIsRenewedAndClosedByItsHolder() {
        Answer granted = claim("d1", RepairKind.DEPLOY, "m1");
        String id = String.valueOf(granted.repair());
        assertThat(repairs.repair(id).repair().state()).isEqualTo(RepairState.ACTIVE);

        Renewals renewals = repairs.renew(new RenewalRequest("d1", Duration.ofMinutes(30), List.of(id, "r999", "x")));
        assertThat(renewals.answers()).extracting(Renewals.Answer::renewed).containsExactly(true, false, false);
        assertThat(renewals.answers().getFirst().leaseEnd()).isAfter(granted.leaseEnd());
        assertThat(repairs.renew(new RenewalRequest("d2", LEASE, List.of(id)))
                        .answers()
                        .getFirst()
                        .reason())
                .isEqualTo("It is held by d1, not by d2.");

        assertThat(close("d2", id, RepairState.DONE).reason()).isEqualTo("It is held by d1, not by d2.");
        assertThat(close("d1", id, RepairState.DONE).closed()).isTrue();
        assertThat(close("d1", id, RepairState.DONE).closed())
                .as("the same again")
                .isTrue();
        Closings.Answer other = close("d1", id, RepairState.FAILED);
        assertThat(other.closed()).isFalse();
        assertThat(other.reason()).startsWith("It is DONE since ").endsWith("by d1 (tester): over");
        assertThat(repairs.renew(new RenewalRequest("d1", LEASE, List.of(id)))
                        .answers()
                        .getFirst()
                        .state())
                .isEqualTo(RepairState.DONE);
        assertThat(repairs.repair(id).history())
                .extracting(Transition::state)
                .containsExactly(RepairState.ACTIVE, RepairState.DONE);
    }

    @Test
    void aLeaseThatIsNotRenewedEndsTheRepairBySelf() {
        String id = String.valueOf(claim("d1", RepairKind.DEPLOY, "m1").repair());
        TestFleet.setClock(jdbc, LEASE.plusSeconds(1));
        assertThat(repairs.repair(id).repair().state()).isEqualTo(RepairState.EXPIRED);
        assertThat(repairs.repair(id).history().getLast().by()).isEqualTo("device-manager");
        assertThat(page("state=EXPIRED")).containsExactly(id);
        assertThat(page("state=ACTIVE")).isEmpty();
        assertThat(close("d1", id, RepairState.DONE).state()).isEqualTo(RepairState.EXPIRED);
        assertThat(health("m1").repair()).isNull();
    }

    @Test
    void aRepaveThatExpiresLeavesItsMachineFailingUntilSomebodySaysOtherwise() {
        String id = repairs.request(new RepairRequest(RepairKind.REPAVE, true, "disk", List.of("m1")))
                .getFirst()
                .id();
        put(id, RepairState.APPROVED);
        put(id, RepairState.ACTIVE);
        TestFleet.setClock(jdbc, Duration.ofHours(1).plusSeconds(1));
        String other = String.valueOf(claim("d1", RepairKind.DEPLOY, "m2").repair());
        assertThat(repairs.repair(id).repair().state()).isEqualTo(RepairState.EXPIRED);

        MachineHealth half = health("m1");
        assertThat(half.health()).isEqualTo(Health.FAILING);
        assertThat(half.by()).isEqualTo("device-manager");
        assertThat(half.reason())
                .isEqualTo("its REPAVE " + id + " expired: tester neither renewed nor closed it (disk)");
        assertThat(half.since())
                .isEqualTo(repairs.repair(id).repair().leaseEnd())
                .isNotNull();
        assertThat(broken()).as("it still counts").isEqualTo(1);
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
        close("d1", other, RepairState.DONE);

        healths.report(new HealthReport(List.of(new HealthReport.Finding("m1", Health.HEALTHY, "looked at"))));
        assertThat(health("m1").health()).isEqualTo(Health.HEALTHY);
        assertThat(broken()).isZero();
    }

    private int broken() {
        return jdbc.sql("select sum(failing + lost) from domain_load")
                .query(Integer.class)
                .single();
    }

    @Test
    void aRepairIsRenewedAndClosedByWhoeverBeganItAndNobodyElse() {
        RepairApi orchestrator = TestApis.client(RepairApi.class, port, tokens.service("orchestrator-service"));
        RepairApi console = TestApis.client(RepairApi.class, port, tokens.service("console"));
        ClaimRequest claim =
                new ClaimRequest("d1", RepairKind.DEPLOY, false, "hello", "update", LEASE, null, List.of("m1"));
        String id =
                String.valueOf(orchestrator.claim(claim).answers().getFirst().repair());

        RenewalRequest renewal = new RenewalRequest("d1", LEASE, List.of(id));
        assertThat(console.renew(renewal).answers().getFirst().reason())
                .isEqualTo("It was begun by d1 (orchestrator-service), who alone renews and closes it.");
        ClosingRequest closing = new ClosingRequest("d1", List.of(new Closing(id, RepairState.DONE, "over")));
        assertThat(console.close(closing).answers().getFirst().closed()).isFalse();
        assertThat(console.claim(claim).answers().getFirst().rule()).isEqualTo("active-repair");
        assertThat(repairs.repair(id).repair().state()).isEqualTo(RepairState.ACTIVE);

        assertThat(orchestrator.claim(claim).answers().getFirst().repair()).isEqualTo(id);
        assertThat(orchestrator.renew(renewal).answers().getFirst().renewed()).isTrue();
        assertThat(repairs.renew(renewal).answers().getFirst().renewed())
                .as("an operator acts for all")
                .isTrue();
        assertThat(orchestrator.close(closing).answers().getFirst().closed()).isTrue();
    }

    @Test
    void whatAPersonBeganNoServiceRenewsOrCloses() {
        String id = repairs.request(new RepairRequest(RepairKind.REBOOT, true, "hangs", List.of("m1")))
                .getFirst()
                .id();
        put(id, RepairState.APPROVED);
        put(id, RepairState.ACTIVE);
        RepairApi service = TestApis.client(RepairApi.class, port, tokens.service("orchestrator-service"));
        ClosingRequest closing = new ClosingRequest("tester", List.of(new Closing(id, RepairState.DONE, "over")));
        assertThat(service.close(closing).answers().getFirst().closed()).isFalse();
        assertThat(service.renew(new RenewalRequest("tester", LEASE, List.of(id)))
                        .answers()
                        .getFirst()
                        .renewed())
                .isFalse();
        put(id, RepairState.DONE);
    }

    @Test
    void whatAPersonBeganForItsHolderTheHolderRenewsAndCloses() {
        String id = repairs.request(new RepairRequest(RepairKind.REBOOT, true, "hangs", List.of("m1")))
                .getFirst()
                .id();
        jdbc.sql("update repair set holder = 'watchdog'").update();
        put(id, RepairState.APPROVED);
        put(id, RepairState.ACTIVE);
        ClosingRequest closing = new ClosingRequest("watchdog", List.of(new Closing(id, RepairState.DONE, "over")));
        RepairApi other = TestApis.client(RepairApi.class, port, tokens.service("orchestrator-service"));
        assertThat(other.close(closing).answers().getFirst().reason())
                .isEqualTo("It was begun for watchdog, who alone renews and closes it.");

        RepairApi watchdog = TestApis.client(RepairApi.class, port, tokens.service("watchdog"));
        assertThat(watchdog.renew(new RenewalRequest("watchdog", LEASE, List.of(id)))
                        .answers()
                        .getFirst()
                        .renewed())
                .isTrue();
        assertThat(watchdog.close(closing).answers().getFirst().closed()).isTrue();
        assertThat(repairs.repair(id).history()).extracting(Transition::by).endsWith("tester", "tester", "watchdog");
    }

    @Test
    void whatExpiredLastIsListedFirst() {
        List<String> ids =
                repairs.request(new RepairRequest(RepairKind.REBOOT, true, "hangs", List.of("m1", "m2", "m3"))).stream()
                        .map(Repair::id)
                        .toList();
        ids.forEach(id -> put(id, RepairState.APPROVED));
        put(ids.get(1), RepairState.ACTIVE);
        TestFleet.setClock(jdbc, Duration.ofMinutes(30));
        put(ids.get(2), RepairState.ACTIVE);
        TestFleet.setClock(jdbc, Duration.ofMinutes(40));
        put(ids.get(0), RepairState.ACTIVE);
        TestFleet.setClock(jdbc, Duration.ofHours(3));
        claim("d1", RepairKind.DEPLOY, "m5");
        TestFleet.setClock(jdbc, Duration.ofHours(4));

        String question = "state=EXPIRED&kind=REBOOT";
        assertThat(page(question)).containsExactly(ids.get(0), ids.get(2), ids.get(1));
        Page<Repair> first = repairs.repairs(null, null, null, RepairState.EXPIRED, RepairKind.REBOOT, 1, null);
        assertThat(repairs.repairs(null, null, null, RepairState.EXPIRED, RepairKind.REBOOT, 10, first.nextCursor())
                        .items())
                .extracting(Repair::id)
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(page("state=EXPIRED")).as("all kinds, the newest first").hasSize(4);
    }

    @Test
    void aRequestedRepaveGoesItsWayAndBringsTheMachineBackEmptyAndOnProbation() {
        RepairRequest wish = new RepairRequest(RepairKind.REPAVE, false, "disk", List.of("m2", "m1"));
        List<Repair> asked = repairs.request(wish);
        assertThat(asked).extracting(Repair::machine).containsExactly("m2", "m1");
        assertThat(repairs.request(wish)).isEqualTo(asked);
        String id = asked.getLast().id();

        assertThat(refused(id, RepairState.ACTIVE))
                .contains("A repair that is REQUESTED can't become ACTIVE, only APPROVED, CANCELLED.");
        put(id, RepairState.APPROVED);
        put(id, RepairState.ACTIVE);
        put(id, RepairState.ACTIVE);
        assertThat(health("m1").repair()).isEqualTo(id);
        put(id, RepairState.VERIFYING);
        put(id, RepairState.DONE);

        MachineHealth back = health("m1");
        assertThat(back.health()).isEqualTo(Health.PROBATION);
        assertThat(back.incarnation()).isEqualTo(2);
        assertThat(back.repair()).isNull();
        assertThat(refused(id, RepairState.ACTIVE)).contains("A repair that is DONE has ended");
        assertThat(repairs.repair(id).history())
                .extracting(Transition::state)
                .containsExactly(
                        RepairState.REQUESTED,
                        RepairState.APPROVED,
                        RepairState.ACTIVE,
                        RepairState.VERIFYING,
                        RepairState.DONE);
        TestFleet.setClock(jdbc, Duration.ofMinutes(11));
        assertThat(health("m1").health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void whoAsksAgainForTheSameRepairIsAnsweredWithItAndTheOtherReasonIsKept() {
        Repair first = repairs.request(new RepairRequest(RepairKind.REBOOT, false, "slow", List.of("m1")))
                .getFirst();
        put(first.id(), RepairState.APPROVED);
        Repair again = repairs.request(new RepairRequest(RepairKind.REBOOT, null, "it smokes", List.of("m1")))
                .getFirst();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.reason()).isEqualTo("it smokes");
        assertThat(again.state()).isEqualTo(RepairState.APPROVED);
        assertThat(repairs.repair(first.id()).history())
                .extracting(Transition::reason)
                .startsWith("slow")
                .endsWith("it smokes");
        assertThat(repairs.request(new RepairRequest(RepairKind.REBOOT, true, "it burns", List.of("m1")))
                        .getFirst()
                        .id())
                .as("what is forced is another repair")
                .isNotEqualTo(first.id());
    }

    @Test
    void beginningARepairKeepsToTheRulesOfClaims() {
        claim("d1", RepairKind.DEPLOY, "m1");
        String other = repairs.request(new RepairRequest(RepairKind.REBOOT, false, "kernel", List.of("m2")))
                .getFirst()
                .id();
        put(other, RepairState.APPROVED);
        assertThat(refused(other, RepairState.ACTIVE)).contains("rule fault-domain", "elective work by d1");
        assertThat(repairs.repair(other).repair().state()).isEqualTo(RepairState.APPROVED);
        String same = repairs.request(new RepairRequest(RepairKind.REBOOT, true, "hangs", List.of("m1")))
                .getFirst()
                .id();
        put(same, RepairState.APPROVED);
        assertThat(refused(same, RepairState.ACTIVE)).contains("rule active-repair");
        put(same, RepairState.CANCELLED);
        assertThat(repairs.repair(same).repair().endedAt()).isNotNull();
    }

    @Test
    void repairsAreListedTheNewestFirst() {
        String first = String.valueOf(claim("d1", RepairKind.DEPLOY, "m1").repair());
        String second = String.valueOf(claim("d1", RepairKind.DEPLOY, "m5").repair());
        close("d1", first, RepairState.DONE);
        assertThat(page("")).containsExactly(second, first);
        assertThat(page("machine=m1")).containsExactly(first);
        assertThat(page("environment=prod&machineFunction=web&state=ACTIVE")).containsExactly(second);
        assertThat(page("kind=REBOOT")).isEmpty();
        var newest = repairs.repairs(null, null, null, null, null, 1, null);
        assertThat(newest.items()).extracting(Repair::id).containsExactly(second);
        assertThat(repairs.repairs(null, null, null, null, null, 1, newest.nextCursor())
                        .items())
                .extracting(Repair::id)
                .containsExactly(first);
    }

    @Test
    void aMachineUnderRepairStaysWhereItIsAndRetiringItCancelsTheRepair() {
        String id = String.valueOf(claim("d1", RepairKind.DEPLOY, "m1").repair());
        Machine m1 = devices.machine("m1");
        devices.putMachine("m1", m1.at("http://127.0.0.1:2"));
        String moved = json.writeValueAsString(new Machine("m1", "prod", "web", "fd2", "west", m1.address()));
        Problem problem = TestHttp.problem(409, http.put("/v1/machines/m1", "application/json", moved));
        assertThat(problem.errors().getFirst().message()).contains("d1 has a deploy active on it");

        devices.deleteMachine("m1");
        Repair cancelled = repairs.repair(id).repair();
        assertThat(cancelled.state()).isEqualTo(RepairState.CANCELLED);
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
        assertThat(page("machine=m1")).containsExactly(id);
    }

    @Test
    void whatIsBrokenMovesWithItsMachine() {
        http.post(
                "/v1/machines/health",
                "application/json",
                "{\"machines\":[{\"machine\":\"m1\",\"health\":\"FAILING\",\"reason\":\"disk\"}]}");
        devices.putMachine("m1", new Machine("m1", "prod", "db", "fd9", "west", "http://127.0.0.1:1"));
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
        assertThat(health("m1").health()).isEqualTo(Health.FAILING);
        http.get("/v1/groups/prod/db", "application/json")
                .expectBody()
                .jsonPath("$.broken")
                .isEqualTo(1)
                .jsonPath("$.faultDomains[0].name")
                .isEqualTo("fd9");
    }

    private Answer claim(String holder, RepairKind kind, String... machines) {
        String service = kind == RepairKind.DEPLOY ? "hello" : null;
        return repairs.claim(new ClaimRequest(holder, kind, false, service, "update", LEASE, null, List.of(machines)))
                .answers()
                .getFirst();
    }

    private Closings.Answer close(String holder, String id, RepairState outcome) {
        return repairs.close(new ClosingRequest(holder, List.of(new Closing(id, outcome, "over"))))
                .answers()
                .getFirst();
    }

    private void put(String id, RepairState state) {
        assertThat(repairs.putState(id, new RepairStateChange(state, "so be it", null))
                        .repair()
                        .state())
                .isEqualTo(state);
    }

    private String refused(String id, RepairState state) {
        String body = "{\"state\":\"%s\",\"reason\":\"try\"}".formatted(state);
        return String.valueOf(TestHttp.problem(409, http.put("/v1/repairs/" + id + "/state", "application/json", body))
                .detail());
    }

    private MachineHealth health(String machine) {
        return healths.health(machine);
    }

    private List<String> page(String query) {
        Page<Repair> page = http.get("/v1/repairs?" + query, "application/json")
                .expectBody(new ParameterizedTypeReference<Page<Repair>>() {})
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(page).items().stream().map(Repair::id).toList();
    }
}
