package dev.flotilla.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Authority.Kind;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.Prospect;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T03:05:31Z");
    private static final Instant BEFORE = Instant.parse("2026-01-01T03:02:11Z");
    private static final String WHY =
            "2 of 40 machines failed for good, more than the 1 that a failure threshold of 5% allows";
    private static final Counts COUNTS = new Counts(36, 0, 0, 1, 2, 1, 0);
    private static final Authority ANN = new Authority(Kind.CALLER, "ann", null, "lunch", "ann, who paused it");

    @Test
    void theReasonOfAHaltStandsOnceAndWhatFailedStandsFirst() {
        List<MachineProgress> machines = new ArrayList<>();
        machines.add(machine("m2", MachinePhase.FAILED, "failed 3 times, last: exited with 3", "set-aside", BEFORE));
        machines.add(machine("m3", MachinePhase.FAILED, "failed 3 times, last: exited with 3", "set-aside", NOW));
        for (int i = 4; i <= 37; i++) {
            machines.add(machine("m" + i, MachinePhase.WAITING, "the deployment is halted: " + WHY, "halted", BEFORE));
        }

        assertThat(explanation(DeploymentState.HALTED).of(List.of(), machines).in(100))
                .isEqualTo("""
                d7 of hello 1.0.1 is halted: 1 of 40 runs it, 2 have failed by now.

                HALTED     prod-east/web
                  Why      %s
                  Holds    34 machines: m4..m37

                FAILED     2 machines on 1.0.0: m2, m3
                  Why      failed 3 times, last: exited with 3
                  Rule     set-aside
                  Since    03:02:11 UTC (3 min 20 s ago)
                  Unblock  a person looks""".formatted(WHY));
    }

    @Test
    void whatEachRolloutIsHeldByStandsInATableAndTheWaitThatOthersHangOnBeforeThese() {
        Authority acme = new Authority(
                Kind.TENANT, "acme", null, "IMPACT_START of fd2", "tenant acme, who is asked for IMPACT_START of fd2");
        Wait asked = new Wait(
                MachinePhase.WAITING,
                "maintenance-request",
                "tenant acme: it is asked",
                BEFORE,
                NOW.plusSeconds(725),
                acme,
                "the tenant acknowledges",
                1,
                List.of("m1"));
        assertThat(explanation(DeploymentState.ROLLING_OUT)
                        .of(
                                List.of(whole(DeploymentState.ROLLING_OUT, null, asked)),
                                List.of(
                                        machine("m2", MachinePhase.WAITING, "fd2 comes first", "fault-domain", null),
                                        machine("m3", MachinePhase.WAITING, "fd2 comes first", "fault-domain", null),
                                        machine(
                                                "m1",
                                                MachinePhase.WAITING,
                                                "it is asked",
                                                "maintenance-request",
                                                null)))
                        .in(100))
                .isEqualTo("""
                d7 of hello 1.0.1 is rolling out: 1 of 40 runs it, 2 have failed by now.

                GROUP          RUN IT   AT   HELD BY
                prod-east/web  1 of 40  fd2  maintenance-request (1 machine)

                WAITING    1 machine on 1.0.0: m1
                  Why      it is asked
                  Rule     maintenance-request
                  Unblock  a person looks

                WAITING    2 machines on 1.0.0: m2, m3
                  Why      fd2 comes first
                  Rule     fault-domain
                  Unblock  a person looks""");
    }

    @Test
    void whoHoldsOthersUpComesBeforeThemThoughItIsNotTheForemost() {
        Wait changing = new Wait(
                MachinePhase.SWITCHING, "in-progress", "at it", BEFORE, null, null, "it ends", 1, List.of("m1"));
        assertThat(explanation(DeploymentState.ROLLING_OUT)
                        .of(
                                List.of(whole(DeploymentState.ROLLING_OUT, null, changing)),
                                List.of(
                                        machine("m3", MachinePhase.WAITING, "fd1 comes first", "fault-domain", null),
                                        machine("m4", MachinePhase.WAITING, "fd1 comes first", "fault-domain", null),
                                        machine("m2", MachinePhase.WAITING, "1 of 1", "max-unavailable", null)))
                        .in(100))
                .containsSubsequence("m2", "m3, m4");
    }

    @Test
    void whatOneCommandStoppedIsSaidOnce() {
        DeploymentProgress paused = deployment(
                DeploymentState.HALTED, rollout("db", DeploymentState.HALTED), rollout("web", DeploymentState.HALTED));
        assertThat(new Explanation(paused, new Moments(NOW, ZoneId.of("UTC")))
                        .of(List.of(whole(DeploymentState.HALTED, ANN, null)), List.of())
                        .in(100))
                .contains("HALTED     all groups: prod-east/db, prod-east/web\n  Why      " + WHY)
                .containsOnlyOnce(WHY);
    }

    @Test
    void aPauseIsCalledOne() {
        String lunch = DeploymentState.PAUSED_BY + "ann: lunch";
        DeploymentProgress paused = new DeploymentProgress(
                "d7",
                "hello",
                "1.0.1",
                DeploymentState.HALTED,
                lunch,
                COUNTS,
                BEFORE,
                BEFORE,
                null,
                List.of(new RolloutProgress(
                        "d7~prod-east~web", "prod-east", "web", DeploymentState.HALTED, lunch, COUNTS, BEFORE, null)));
        assertThat(new Explanation(paused, new Moments(NOW, ZoneId.of("UTC")))
                        .of(List.of(), List.of())
                        .in(100))
                .isEqualTo("""
                        d7 of hello 1.0.1 is paused: 1 of 40 runs it, 2 have failed by now.

                        PAUSED     prod-east/web
                          Why      paused by ann: lunch""");
        assertThat(ProgressView.summary(paused))
                .startsWith("Deployment d7 of hello 1.0.1 is paused by ann: lunch\n")
                .contains("./flotilla resume d7", "./flotilla roll-back d7 --plan");
    }

    @Test
    void machinesHeldByTheSameRuleAreOneEntryThoughTheirReasonsDiffer() {
        assertThat(explanation(DeploymentState.HALTED)
                        .of(
                                List.of(),
                                List.of(
                                        machine("m5", MachinePhase.WAITING, "fd1 comes first", "fault-domain", null),
                                        machine("m6", MachinePhase.WAITING, "fd2 comes first", "fault-domain", null),
                                        machine("m7", MachinePhase.WAITING, "fd2 comes first", "fault-domain", null)))
                        .in(100))
                .contains("3 machines on 1.0.0: m5..m7\n  Why      fd2 comes first [m6, m7]; fd1 comes first [m5]\n")
                .containsOnlyOnce("Unblock");
    }

    @Test
    void theSameReasonSinceDifferentTimesIsOneReason() {
        assertThat(explanation(DeploymentState.HALTED)
                        .of(
                                List.of(),
                                List.of(
                                        machine(
                                                "m5",
                                                MachinePhase.FETCHING,
                                                "at it since 2026-01-01T00:00:01.5Z",
                                                "in-progress",
                                                null),
                                        machine(
                                                "m6",
                                                MachinePhase.FETCHING,
                                                "at it since 2026-01-01T00:00:02Z",
                                                "in-progress",
                                                null)))
                        .in(100))
                .contains("m5, m6", "since 00:00:01 UTC")
                .doesNotContain("00:00:02");
    }

    @Test
    void oneMachineIsExplainedInWordsThatAPersonKnows() {
        MachineProgress one = new MachineProgress(
                "m9",
                "d7~prod-east~web",
                "fd3",
                MachinePhase.WAITING,
                "no changes in the night, which the owners of the shop asked for because that is when their batches run",
                "night",
                Instant.parse("2025-12-31T22:00:00Z"),
                Instant.parse("2026-01-01T06:00:00Z"),
                new Authority(Kind.POLICY, "night", "olga", null, "the policy 'night' of olga"),
                "the policy 'night' ends, or an operator changes or overrides it",
                null,
                "1.0.0",
                RunState.RUNNING,
                1);
        assertThat(explanation(DeploymentState.HALTED).of(one).in(100)).isEqualTo("""
                m9 (prod-east/web, fd3) is waiting in d7 of hello 1.0.1, runs 1.0.0, 1 order given.
                  Why      no changes in the night, which the owners of the shop asked for because that is when
                           their batches run
                  Rule     night, by the policy 'night' of olga
                  Since    31 Dec 2025 22:00:00 UTC (5 h 5 min ago)
                  Until    06:00:00 UTC (in 2 h 54 min)
                  Unblock  the policy 'night' ends, or an operator changes or overrides it""");
    }

    @Test
    void whoeverResumesItSeesWhatWouldHoldItEvenThen() {
        Authority olga = new Authority(Kind.OPT_OUT, "show", "olga", null, "the opt-out 'show' of olga");
        Prospect denied =
                new Prospect(MachinePhase.EXCUSED, "show", "on show", BEFORE, null, olga, "the opt-out 'show' ends");
        Prospect asked = new Prospect(
                MachinePhase.WAITING,
                "maintenance-request",
                "tenant acme: 'tia' suspended the job",
                BEFORE,
                null,
                null,
                "the tenant resumes it");
        List<MachineProgress> machines = new ArrayList<>(
                List.of(halted("m4", denied), halted("m5", denied), halted("m6", asked), halted("m7", null)));
        Prospect turn = new Prospect(
                MachinePhase.WAITING,
                "fault-domain",
                "fd1 comes first",
                null,
                null,
                new Authority(Kind.ROLLOUT, "d7~prod-east~web", null, null, "the order"),
                "those are done");
        machines.add(halted("m8", turn));
        String text = explanation(DeploymentState.HALTED)
                .of(List.of(whole(DeploymentState.HALTED, ANN, null)), machines)
                .in(Text.UNBROKEN);
        assertThat(text)
                .contains(
                        "  Holds    5 machines: m4..m8\n",
                        "  Then     m4, m5 would be passed by: on show (rule show, by the opt-out 'show' of olga), since",
                        "  Then     m6 would wait: tenant acme: 'tia' suspended the job (rule")
                .doesNotContain("fd1 comes first", "WAITING");
    }

    private static MachineProgress halted(String name, @Nullable Prospect then) {
        return new MachineProgress(
                name,
                "d7~prod-east~web",
                "fd1",
                MachinePhase.WAITING,
                "the deployment is halted: " + WHY,
                "halted",
                BEFORE,
                null,
                null,
                "a person looks",
                then,
                "1.0.0",
                RunState.RUNNING,
                1);
    }

    @Test
    void aProcessThatHasCrashedIsNotSaidToRun() {
        MachineProgress crashed = new MachineProgress(
                "m9",
                "d7~prod-east~web",
                "fd3",
                MachinePhase.FAILED,
                "1.0.1 crashed, 3 restarts so far; its agent keeps it up",
                "crash-loop",
                null,
                null,
                null,
                "a person looks",
                null,
                "1.0.1",
                RunState.CRASHED,
                1);
        Explanation explanation = explanation(DeploymentState.HALTED);
        assertThat(explanation.of(crashed).in(200))
                .startsWith("m9 (prod-east/web, fd3) is failed in d7 of hello 1.0.1, 1.0.1 has crashed there, 1 order");
        assertThat(explanation.of(List.of(), List.of(crashed)).in(200))
                .contains("1 machine where 1.0.1 has crashed: m9");
    }

    @Test
    void countsWhatItLists() {
        List<MachineProgress> three = List.of(
                machine("m1", MachinePhase.FAILED, "failed", "set-aside", null),
                machine("m2", MachinePhase.FAILED, "failed", "set-aside", null),
                machine("m3", MachinePhase.FAILED, "failed", "set-aside", null));
        DeploymentProgress counted =
                ExplainCommand.counted(explanation(DeploymentState.HALTED).deployment(), three);
        assertThat(new Explanation(counted, new Moments(NOW, ZoneId.of("UTC")))
                        .of(List.of(), three)
                        .in(200))
                .startsWith("d7 of hello 1.0.1 is halted: 37 of 40 run it, 3 have failed by now.");
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        assertThat(explanation(DeploymentState.HALTED)
                        .of(machine("m9", MachinePhase.WAITING, "never reported", "never-reported", null))
                        .in(100))
                .doesNotContain("Since", "Until", "By");
    }

    private static Explanation explanation(DeploymentState state) {
        return new Explanation(deployment(state, rollout("web", state)), new Moments(NOW, ZoneId.of("UTC")));
    }

    private static DeploymentProgress deployment(DeploymentState state, RolloutProgress... rollouts) {
        return new DeploymentProgress(
                "d7", "hello", "1.0.1", state, null, COUNTS, BEFORE, BEFORE, null, List.of(rollouts));
    }

    private static RolloutProgress rollout(String function, DeploymentState state) {
        String reason = state == DeploymentState.HALTED ? WHY : null;
        return new RolloutProgress(
                "d7~prod-east~" + function, "prod-east", function, state, reason, COUNTS, BEFORE, null);
    }

    private static RolloutExplanation whole(
            DeploymentState state, @Nullable Authority by, @Nullable Wait foremost, Wait... then) {
        return new RolloutExplanation(
                "d7~prod-east~web",
                state,
                "1 of 40 runs the version",
                Instant.parse("2026-01-01T01:00:00Z"),
                by,
                "the tenant acknowledges",
                "fd2",
                COUNTS,
                foremost,
                List.of(),
                List.of(then));
    }

    private static MachineProgress machine(
            String name, MachinePhase phase, String reason, String rule, @Nullable Instant since) {
        return new MachineProgress(
                name,
                "d7~prod-east~web",
                "fd1",
                phase,
                reason,
                rule,
                since,
                null,
                null,
                "a person looks",
                null,
                "1.0.0",
                RunState.RUNNING,
                1);
    }
}
