package dev.flotilla.device.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.Claims.Answer;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.testing.ServiceTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Twenty machines in four fault domains: m1, m5, m9, m13, m17 in fd1, m2, m6 and so on in fd2. Four may be unavailable. */
@ServiceTest
class RulesTest {
    @Autowired
    Claiming claiming;

    @Autowired
    Leases leases;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void twentyMachines() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, 20, 4);
    }

    @AfterEach
    void countersAreRight() {
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
    }

    @Test
    void machinesOfOneFaultDomainAreGrantedUpToTheLimit() {
        assertThat(rules(elective("a", "m1", "m5", "m9", "m13", "m17")))
                .containsExactly("granted", "granted", "granted", "granted", "max-unavailable");
        String reason = String.valueOf(elective("a", "m17").getFirst().reason());
        assertThat(reason)
                .isEqualTo(
                        "4 of the 20 machines of prod/web are unavailable; its limit of 20% allows 4: m1, m5, m9 and 1 more"
                                + " are under a deploy of hello by a since " + since(reason));
    }

    @Test
    void whatCrashedTakesItsPlaceForAllServicesAndIsGrantedItself() {
        jdbc.sql("""
                select learn('{}', '{}', '{}', array ['m2', 'm6', 'm10'], array ['web', 'web', 'web'], array ['2.0.0', '2.0.0', '2.0.0'],
                                     array [clock(), clock(), clock()])
                """).query(row -> {});
        List<Answer> answers = elective("a", "m1", "m5");
        assertThat(rules(answers)).containsExactly("granted", "max-unavailable");
        assertThat(answers.getLast().reason())
                .contains(
                        "4 of the 20 machines",
                        "3 of them broken",
                        "m2, m6, m10 are failing since",
                        "(web 2.0.0 crashed)");
        leases.close(
                new ClosingRequest(
                        "a",
                        List.of(new Closing(String.valueOf(answers.getFirst().repair()), RepairState.DONE, "over"))),
                "a",
                "a");
        assertThat(rules(elective("a", "m2", "m6", "m10", "m14", "m18")))
                .containsExactly("granted", "granted", "granted", "granted", "max-unavailable");
    }

    private static String since(String reason) {
        return reason.replaceFirst(".* since ", "").replaceFirst("\\.$", "");
    }

    @Test
    void whoWithdrawsMakesNobodyWaitAnyMore() {
        List<Answer> held = elective("a", "m1");
        assertThat(rules(elective("b", "m2"))).containsExactly("fault-domain");
        assertThat(rules(elective("c", "m5"))).as("b has waited longer").containsExactly("fairness");
        claiming.withdraw("b", "somebody else");
        assertThat(rules(elective("c", "m5")))
                .as("nobody takes another's place away")
                .containsExactly("fairness");
        claiming.withdraw("b", "b");
        assertThat(rules(elective("c", "m5"))).containsExactly("granted");
        claiming.withdraw("b", "b");
        close("a", RepairState.DONE, held.getFirst());
    }

    @Test
    void aSecondFaultDomainIsRefusedWhateverTheHolderAndService() {
        assertThat(rules(elective("a", "m1", "m2"))).containsExactly("granted", "fault-domain");
        Answer refused = elective("b", "m2").getFirst();
        assertThat(refused.rule()).isEqualTo("fault-domain");
        assertThat(refused.reason())
                .startsWith(
                        "fault domain 'fd1' of prod/web is under elective work by a (a deploy of hello on m1) since ")
                .endsWith("; this machine is in 'fd2'");
        assertThat(refused.until()).isNotNull();
    }

    @Test
    void theFaultDomainIsFreeWhenTheLastRepairOfItEnds() {
        List<Answer> first = elective("a", "m1", "m5");
        close("a", RepairState.DONE, first.getFirst());
        assertThat(rules(elective("a", "m2"))).containsExactly("fault-domain");
        close("a", RepairState.CANCELLED, first.getLast());
        assertThat(rules(elective("a", "m2"))).containsExactly("granted");
    }

    @Test
    void anExpiredLeaseHoldsNothing() {
        elective("a", "m1");
        TestFleet.setClock(jdbc, Duration.ofMinutes(11));
        assertThat(rules(elective("b", "m2"))).containsExactly("granted");
    }

    @Test
    void forcedWorkHoldsNoFaultDomainButCounts() {
        assertThat(rules(forced("f", "m1", "m2"))).containsExactly("granted", "granted");
        assertThat(rules(elective("a", "m3", "m7", "m11"))).containsExactly("granted", "granted", "max-unavailable");
        assertThat(rules(forced("g", "m4"))).containsExactly("max-unavailable");
    }

    @Test
    void forcedWorkDoesNotBecomeElectiveByAskingAgain() {
        assertThat(rules(forced("a", "m1"))).containsExactly("granted");
        assertThat(rules(elective("a", "m1"))).containsExactly("active-repair");
        assertThat(rules(forced("a", "m1"))).containsExactly("granted");
        assertThat(rules(elective("b", "m2"))).containsExactly("granted");
        assertThat(rules(forced("b", "m2"))).containsExactly("granted");
        assertThat(rules(elective("c", "m3"))).as("m2 is still elective").containsExactly("fault-domain");
    }

    @Test
    void aBrokenMachineCountsOnceAndMayAlwaysBeWorkedOn() {
        broken("m1", "m2", "m3", "m4", "m5");
        Answer refused = elective("a", "m6").getFirst();
        assertThat(refused.rule()).isEqualTo("max-unavailable");
        assertThat(refused.reason()).contains("5 of them broken", "m1, m2, m3 and 2 more are failing since");
        assertThat(rules(forced("f", "m1"))).containsExactly("granted");
        assertThat(rules(elective("a", "m2"))).containsExactly("granted");
    }

    @Test
    void theHoldersOwnLimitAppliesBesideTheGroups() {
        assertThat(rules(claim("a", "1", "m1", "m5"))).containsExactly("granted", "max-unavailable");
        assertThat(claim("b", "5%", "m5").getFirst().reason()).contains("the claim's own limit of 5% allows 1");
        assertThat(rules(claim("b", "100%", "m5", "m9", "m13", "m17")))
                .containsExactly("granted", "granted", "granted", "max-unavailable");
    }

    @Test
    void askingAgainForWhatOneHasAnswersTheSameAndRenewsIt() {
        Answer first = elective("a", "m1").getFirst();
        TestFleet.setClock(jdbc, Duration.ofMinutes(5));
        Answer again = elective("a", "m1").getFirst();
        assertThat(again.repair()).isEqualTo(first.repair());
        assertThat(again.leaseEnd()).isAfter(first.leaseEnd());
        Answer other = elective("b", "m1").getFirst();
        assertThat(other.rule()).isEqualTo("active-repair");
        assertThat(other.reason()).matches("a deploy of hello is under way on it, held by a since .*: update");
        assertThat(other.until()).isEqualTo(again.leaseEnd());
    }

    @Test
    void unknownMachinesAreRefusedAndTheOthersGranted() {
        assertThat(rules(elective("a", "m1", "nobody", "m5"))).containsExactly("granted", "unknown-machine", "granted");
    }

    @Test
    void aClaimMaySpanGroupsAndIsAnsweredInTheOrderAsked() {
        TestFleet.group(jdbc, "prod", "db", "d", 5, 5);
        assertThat(rules(elective("a", "m2", "d3", "m1", "d1", "m6", "x")))
                .containsExactly("granted", "granted", "fault-domain", "fault-domain", "granted", "unknown-machine");
    }

    @Test
    void whoWaitedLongerGoesFirst() {
        List<Answer> held = elective("a", "m1", "m5");
        assertThat(rules(elective("b", "m2"))).containsExactly("fault-domain");
        close("a", RepairState.DONE, held.getFirst());
        Answer drained = elective("a", "m9").getFirst();
        assertThat(drained.rule()).isEqualTo("fairness");
        assertThat(drained.reason()).startsWith("b has waited longer, since ").contains("for fault domain 'fd2'");
        assertThat(rules(elective("c", "m13"))).containsExactly("fairness");
        close("a", RepairState.DONE, held.getLast());
        assertThat(rules(elective("a", "m9")))
                .as("nothing is open, and b still goes first")
                .containsExactly("fairness");
        assertThat(rules(elective("b", "m2"))).containsExactly("granted");
        assertThat(rules(elective("b", "m6"))).as("now a has waited longer").containsExactly("fairness");
    }

    @Test
    void whoWantsTheFaultDomainWhoseTurnItIsMayJoin() {
        List<Answer> held = elective("a", "m1");
        assertThat(rules(elective("b", "m2"))).containsExactly("fault-domain");
        assertThat(rules(elective("c", "m3"))).containsExactly("fault-domain");
        close("a", RepairState.DONE, held.getFirst());
        assertThat(rules(elective("d", "m6"))).containsExactly("granted");
        assertThat(rules(elective("b", "m2"))).containsExactly("granted");
        assertThat(rules(elective("d", "m10"))).as("now it is fd3's turn").containsExactly("fairness");
    }

    @Test
    void aWaitEndsWithAPatienceThatNobodyRenews() {
        elective("a", "m1");
        elective("b", "m2");
        TestFleet.setClock(jdbc, Duration.ofSeconds(59));
        assertThat(rules(elective("a", "m5"))).containsExactly("fairness");
        TestFleet.setClock(jdbc, Duration.ofSeconds(61));
        assertThat(rules(elective("a", "m5"))).containsExactly("granted");
    }

    @Test
    void whoWaitsForTheLimitGoesBeforeWhoComesLaterInTheSameFaultDomain() {
        List<Answer> held = elective("a", "m1", "m5", "m9", "m13");
        assertThat(rules(elective("b", "m17"))).containsExactly("max-unavailable");
        close("a", RepairState.DONE, held.getFirst());
        assertThat(rules(elective("a", "m1"))).containsExactly("fairness");
        assertThat(rules(elective("b", "m17"))).containsExactly("granted");
    }

    @Test
    void whoAsksForWhatCantBeHadMakesNobodyWait() {
        broken("m4");
        elective("a", "m1");
        assertThat(rules(claim("b", "1", "m5"))).containsExactly("max-unavailable");
        assertThat(rules(claim("b", "1", "m2"))).containsExactly("fault-domain");
        assertThat(rules(elective("a", "m5"))).containsExactly("granted");
    }

    @Test
    void whoWaitsForItsOwnWorkOnlyMakesNobodyWait() {
        assertThat(rules(claim("a", "1", "m1", "m5", "m2")))
                .containsExactly("granted", "max-unavailable", "fault-domain");
        assertThat(rules(elective("b", "m9"))).containsExactly("granted");
    }

    @Test
    void forcedWorkIsNotKeptWaitingByTheFairnessOfOthers() {
        elective("a", "m1");
        elective("b", "m2");
        assertThat(rules(forced("f", "m3"))).containsExactly("granted");
    }

    private List<Answer> elective(String holder, String... machines) {
        return claim(holder, null, machines);
    }

    private List<Answer> claim(String holder, @Nullable String limit, String... machines) {
        return claiming.claim(request(holder, false, limit, machines), holder).answers();
    }

    private List<Answer> forced(String holder, String... machines) {
        return claiming.claim(request(holder, true, null, machines), holder).answers();
    }

    static ClaimRequest request(String holder, boolean forced, @Nullable String limit, String... machines) {
        return new ClaimRequest(
                holder, RepairKind.DEPLOY, forced, "hello", "update", Duration.ofMinutes(10), limit, List.of(machines));
    }

    private static List<String> rules(List<Answer> answers) {
        return answers.stream()
                .map(answer -> answer.rule() == null ? "granted" : answer.rule())
                .toList();
    }

    private void close(String holder, RepairState outcome, Answer... answers) {
        List<Closing> closings = Arrays.stream(answers)
                .map(answer -> new Closing(String.valueOf(answer.repair()), outcome, "over"))
                .toList();
        leases.close(new ClosingRequest(holder, closings), holder, holder);
    }

    private void broken(String... machines) {
        jdbc.sql("""
                select report_health('tester', :machines, array_fill('FAILING'::text, array [cardinality(:machines)]),
                                     array_fill('broken'::text, array [cardinality(:machines)]), interval '10 minutes')
                """).param("machines", machines).query(row -> {});
    }
}
