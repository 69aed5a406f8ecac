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
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Moments;
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
    private static final Authority ANN = new Authority(Kind.CALLER, "ann", null, "lunch", "ann, who paused it: lunch");

    @Test
    void theReasonOfAHaltStandsOnceAndWhatFailedStandsFirst() {
        List<MachineProgress> machines = new ArrayList<>();
        machines.add(machine("m2", MachinePhase.FAILED, "failed 3 times, last: exited with 3", "set-aside", BEFORE));
        machines.add(machine("m3", MachinePhase.FAILED, "failed 3 times, last: exited with 3", "set-aside", NOW));
        for (int i = 4; i <= 37; i++) {
            machines.add(machine("m" + i, MachinePhase.WAITING, "the deployment is halted: " + WHY, "halted", BEFORE));
        }

        assertThat(explanation(DeploymentState.HALTED).of(List.of(), machines)).isEqualTo("""
                d7 of hello 1.0.1 is halted: 1 of 40 runs it.
                %s.
                './flotilla resume d7 --reason ...' lets it go on.

                FAILED  2 machines on 1.0.0: m2, m3
                  Why      failed 3 times, last: exited with 3
                  Rule     set-aside
                  Since    for 3 min 20 s, since 03:02:11 UTC
                  Unblock  a person looks

                WAITING  34 machines on 1.0.0: m4..m37
                  Why      the deployment is halted
                  Rule     halted
                  Since    for 3 min 20 s, since 03:02:11 UTC
                  Unblock  a person looks""".formatted(WHY));
    }

    @Test
    void aRolloutAsAWholeSaysWhatHoldsItSinceWhenByWhomAndWhatWouldEndThat() {
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
                12,
                List.of("m1", "m2", "m3"));
        String text = explanation(DeploymentState.ROLLING_OUT)
                .of(
                        List.of(whole(DeploymentState.ROLLING_OUT, null, asked)),
                        List.of(machine("m1", MachinePhase.WAITING, "tenant acme: it is asked", "x", null)));
        assertThat(text).contains("""
                prod-east/web is rolling out, at fd2.
                  Why      1 of 40 runs the version
                  Since    for 2 h 5 min, since 01:00:00 UTC
                  Held by  m1..m3 and 9 more: tenant acme: it is asked (rule maintenance-request, by tenant acme,
                           who is asked for IMPACT_START of fd2), for 3 min 20 s, since 03:02:11 UTC, until 03:17:36
                           UTC, in 12 min 5 s
                  Unblock  the tenant acknowledges""");
        assertThat(text.lines()).allMatch(line -> line.length() <= Entry.COLUMNS);
        assertThat(explanation(DeploymentState.HALTED).of(List.of(whole(DeploymentState.HALTED, ANN, null)), List.of()))
                .contains("  By       ann, who paused it: lunch");
    }

    @Test
    void whatOneCommandStoppedIsSaidOnce() {
        RolloutExplanation web = whole(DeploymentState.HALTED, ANN, null);
        RolloutExplanation db = new RolloutExplanation(
                "d7~prod-east~db",
                web.state(),
                "nothing runs yet",
                web.since(),
                web.by(),
                web.unblock(),
                null,
                web.counts(),
                null,
                List.of(),
                List.of());
        assertThat(explanation(DeploymentState.HALTED).of(List.of(db, web), List.of()))
                .contains("prod-east/db, prod-east/web are halted.\n  Since ")
                .containsOnlyOnce("ann, who paused it");
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
                                                null))))
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
                1);
        assertThat(explanation(DeploymentState.HALTED).of(one)).isEqualTo("""
                m9 (prod-east/web, fd3) is waiting in d7 of hello 1.0.1, runs 1.0.0, 1 order given.
                  Why      no changes in the night, which the owners of the shop asked for because that is when
                           their batches run
                  Rule     night
                  By       the policy 'night' of olga
                  Since    for 5 h 5 min, since 31 Dec 2025 22:00:00 UTC
                  Until    06:00:00 UTC, in 2 h 54 min
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
        List<MachineProgress> machines =
                List.of(halted("m4", denied), halted("m5", denied), halted("m6", asked), halted("m7", null));
        Wait wait = new Wait(
                MachinePhase.EXCUSED,
                "show",
                "on show",
                BEFORE,
                null,
                olga,
                "the opt-out 'show' ends",
                2,
                List.of("m4", "m5"));
        String text = explanation(DeploymentState.HALTED)
                .of(List.of(whole(DeploymentState.HALTED, ANN, null, wait)), machines);
        assertThat(text)
                .contains(
                        "  Then     m4, m5 would be passed by: on show (rule show, by the opt-out 'show' of olga), for")
                .contains("WAITING  2 machines on 1.0.0: m4, m5")
                .contains("  Then     it would be passed by: on show (rule show")
                .contains("WAITING  1 machine on 1.0.0: m6")
                .contains("  Then     it would wait: tenant acme: 'tia' suspended the job")
                .contains("WAITING  1 machine on 1.0.0: m7");
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
                1);
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        assertThat(explanation(DeploymentState.HALTED)
                        .of(machine("m9", MachinePhase.WAITING, "never reported", "never-reported", null)))
                .doesNotContain("Since", "Until", "By");
    }

    private static Explanation explanation(DeploymentState state) {
        Counts counts = new Counts(36, 0, 0, 1, 2, 1, 0);
        String reason = state == DeploymentState.HALTED ? WHY : null;
        RolloutProgress rollout =
                new RolloutProgress("d7~prod-east~web", "prod-east", "web", state, reason, counts, BEFORE, null);
        return new Explanation(
                new DeploymentProgress(
                        "d7", "hello", "1.0.1", state, reason, counts, BEFORE, BEFORE, null, List.of(rollout)),
                new Moments(NOW, ZoneId.of("UTC")));
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
                new Counts(36, 0, 0, 1, 2, 1, 0),
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
                1);
    }
}
