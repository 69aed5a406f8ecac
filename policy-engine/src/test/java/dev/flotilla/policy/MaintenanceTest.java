package dev.flotilla.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.maintenance.Impact;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Answer;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.api.policy.maintenance.MaintenanceEvent;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Current;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Finished;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Share;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.OfTenant;
import dev.flotilla.api.policy.maintenance.StepKind;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.TestHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

class MaintenanceTest extends PolicyWorld {
    private static final String JOB = "d1~east~web";
    private static final Map<String, List<String>> MACHINES = Map.of("fd1", List.of("m1"), "fd2", List.of("m2"));

    @BeforeEach
    void theShopApproves() {
        settings(
                "shop", new TenantSettings(Asking.APPROVE, Duration.ofMinutes(10), null, Duration.ofMinutes(15), null));
    }

    @Test
    void oneFaultDomainAfterTheOtherIsAskedForBeforeAndAfterTheImpact() {
        OfTenant asked = start("fd1");
        assertThat(asked.state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        assertThat(Objects.requireNonNull(asked.step()).deadline()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(asked.rule()).isEqualTo("maintenance-request");
        MaintenanceDocument document = document();
        MaintenanceDocument.Job job = document.jobs().getFirst();
        assertThat(job.state()).isEqualTo(State.PENDING);
        assertThat(job.faultDomains()).isEqualTo(MACHINES);
        assertThat(Objects.requireNonNull(job.step()).machines()).containsExactly("m1");
        assertThat(start("fd1")).as("the same again").isEqualTo(asked);
        assertThat(document().incarnation()).isEqualTo(document.incarnation());

        answer(Kind.ACKNOWLEDGE);
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(document().jobs().getFirst().state()).isEqualTo(State.EXECUTING);
        assertThat(start("fd2").state()).as("fd1 is still in impact").isEqualTo(MaintenanceVerdict.State.WAIT);
        assertThat(start("fd2").reason()).contains("fd1 is still in impact");
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.GO);

        assertThat(end("fd1").state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        answer(Kind.ACKNOWLEDGE);
        assertThat(end("fd1").state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(start("fd2").state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        answer(Kind.ACKNOWLEDGE);
        assertThat(start("fd2").state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(finish().state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(document().jobs().getFirst().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void theReasonOfAJobFollowsItsQuestionAndTheAnswer() {
        start("fd1");
        assertThat(reason()).isEqualTo("the tenant is asked; silence means waiting");
        time.now = NOON.plus(Duration.ofMinutes(10));
        assertThat(reason()).contains("nobody answered until 2026-11-22T12:10:00Z; silence means waiting");
        answer(Kind.ACKNOWLEDGE);
        assertThat(document().jobs().getFirst().state()).isEqualTo(State.PENDING);
        assertThat(reason())
                .isEqualTo("'tester' acknowledged IMPACT_START of fd1; its rollout goes ahead at its next look");
        start("fd1");
        assertThat(reason()).isEqualTo("the tenant acknowledged IMPACT_START of the fault domain fd1");
        end("fd1");
        assertThat(reason()).isEqualTo("the tenant is asked; silence means waiting");
    }

    private String reason() {
        return document().jobs().getFirst().reason();
    }

    @Test
    void silenceIsRecordedAsSilenceAndWhatFollowsIsTheTenantsWord() {
        start("fd1");
        time.now = NOON.plus(Duration.ofMinutes(10));
        OfTenant silent = start("fd1");
        assertThat(silent.state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        assertThat(silent.reason()).contains("nobody answered").contains("silence means wait");
        assertThat(Objects.requireNonNull(document().jobs().getFirst().step()).state())
                .isEqualTo(StepState.TIMED_OUT);
        answer(Kind.ACKNOWLEDGE);
        assertThat(start("fd1").state()).as("late, but said").isEqualTo(MaintenanceVerdict.State.GO);

        settings("shop", new TenantSettings(Asking.APPROVE, Duration.ofMinutes(10), OnSilence.GO_AHEAD, null, null));
        end("fd1");
        time.now = time.now.plus(Duration.ofMinutes(10));
        OfTenant ahead = end("fd1");
        assertThat(ahead.state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(ahead.reason()).contains("nobody answered").contains("go ahead");
        assertThat(history())
                .anyMatch(event ->
                        event.what().startsWith("nobody answered") && event.by().equals("policy-engine"));
    }

    @Test
    void aTenantThatIsToldGoesAheadAfterItsNoticeOrSooner() {
        settings("shop", new TenantSettings(Asking.NOTIFY, Duration.ofMinutes(10), null, null, null));
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        TestHttp.problem(422, answers(document().incarnation(), Kind.CANCEL, null));
        time.now = NOON.plus(Duration.ofMinutes(10));
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(end("fd1").state()).as("told, and not waited for").isEqualTo(MaintenanceVerdict.State.GO);
        answer(Kind.ALERT);
        assertThat(start("fd2").state()).isEqualTo(MaintenanceVerdict.State.STOP);
    }

    @Test
    void whoeverWasOvertakenSaysNothingToTenantsAnyMore() {
        verdict(JOB, at(7, StepKind.IMPACT_START));
        verdict(JOB, at(8, StepKind.IMPACT_START));
        long before = document().incarnation();

        TestHttp.problem(
                409,
                http.put(
                        "/v1/maintenance/" + JOB,
                        "application/json",
                        json.writeValueAsString(at(7, StepKind.IMPACT_END))));
        assertThat(document().incarnation()).isEqualTo(before);
        assertThat(verdict(JOB, at(8, StepKind.IMPACT_START)).state()).isEqualTo(MaintenanceVerdict.State.WAIT);
    }

    @Test
    void aTenantWithoutSettingsIsNeverAsked() {
        OfTenant verdict = intend("nobody", new Current("fd1", StepKind.IMPACT_START), null);
        assertThat(verdict.state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(verdict.reason()).isEqualTo("the tenant is asked never");
    }

    @Test
    void anAlertHaltsTheRolloutUntilTheTenantResumes() {
        start("fd1");
        answer(Kind.ACKNOWLEDGE);
        start("fd1");
        end("fd1");
        answer(Kind.ALERT);
        assertThat(end("fd1").state()).isEqualTo(MaintenanceVerdict.State.STOP);
        assertThat(end("fd1").reason()).contains("alert").contains("because");
        answer(Kind.RESUME);
        assertThat(end("fd1").state()).as("asked anew").isEqualTo(MaintenanceVerdict.State.WAIT);
        answer(Kind.ACKNOWLEDGE);
        assertThat(end("fd1").state()).isEqualTo(MaintenanceVerdict.State.GO);
    }

    @Test
    void aJobIsSuspendedResumedAndCancelledForGood() {
        start("fd1");
        answer(Kind.SUSPEND);
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        answer(Kind.RESUME);
        time.now = NOON.plus(Duration.ofMinutes(5));
        answer(Kind.CANCEL);
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.PASS_BY);
        time.now = NOON.plus(Duration.ofMinutes(66));
        assertThat(document().jobs()).isEmpty();
        assertThat(start("fd1")).satisfies(cancelled -> {
            assertThat(cancelled.state()).isEqualTo(MaintenanceVerdict.State.PASS_BY);
            assertThat(cancelled.reason()).contains("'tester' cancelled the job: because", "for good");
            assertThat(cancelled.since()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
            assertThat(cancelled.unblock()).startsWith("a new deployment");
        });
        assertThat(intend("shop", "another", new Current("fd1", StepKind.IMPACT_START), null)
                        .state())
                .as("only a new deployment asks anew")
                .isEqualTo(MaintenanceVerdict.State.WAIT);
    }

    @Test
    void aSuspensionSaysByWhomSinceWhenAndWhatEndsIt() {
        start("fd1");
        time.now = NOON.plus(Duration.ofMinutes(3));
        answer(Kind.SUSPEND);
        time.now = NOON.plus(Duration.ofMinutes(40));
        OfTenant suspended = start("fd1");
        assertThat(suspended.reason()).contains("'tester' suspended the job: because");
        assertThat(suspended.since()).isEqualTo(NOON.plus(Duration.ofMinutes(3)));
        assertThat(suspended.until()).isNull();
        assertThat(suspended.unblock()).contains("./flotilla maintenance shop resume " + JOB);
        assertThat(suspended.step()).as("it need not answer now").isNull();
    }

    @Test
    void aSilenceThatMeansWaitingHasNoEnd() {
        OfTenant asked = start("fd1");
        assertThat(asked.until()).isNull();
        assertThat(asked.reason()).contains("is to answer by", "silence means waiting");
        assertThat(asked.unblock()).contains("does not end by itself");
        settings("shop", new TenantSettings(Asking.APPROVE, Duration.ofMinutes(10), OnSilence.GO_AHEAD, null, null));
        OfTenant other = intend("shop", "other", new Current("fd1", StepKind.IMPACT_START), null);
        assertThat(other.until()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    }

    @Test
    void howATenantStandsToAJobIsToldWithoutAskingIt() {
        assertThat(standing().state()).as("not asked").isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(document().jobs()).isEmpty();
        OfTenant asked = start("fd1");
        MaintenanceDocument before = document();
        assertThat(standing()).isEqualTo(asked);
        assertThat(document()).isEqualTo(before);
        time.now = NOON.plus(Duration.ofMinutes(10));
        assertThat(standing().reason()).contains("was to answer by", "nobody answered");
        answer(Kind.ACKNOWLEDGE);
        assertThat(standing().state()).isEqualTo(MaintenanceVerdict.State.GO);
        answer(Kind.SUSPEND);
        assertThat(standing().state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        answer(Kind.CANCEL);
        assertThat(standing().state()).isEqualTo(MaintenanceVerdict.State.PASS_BY);
        TestHttp.problem(400, http.get("/v1/maintenance/" + JOB + "?tenant=no/place", "*/*"));
        TestHttp.problem(403, as(tokens.tenant("shop")).get("/v1/maintenance/" + JOB + "?tenant=shop", "*/*"));
    }

    @Test
    void aTenantThatIsAskedNoMoreStandsAgainstNoJobThatWaitsForItsTurn() {
        settings("shop", new TenantSettings(Asking.APPROVE, Duration.ofMinutes(10), OnSilence.WAIT, null, 1));
        start("fd1");
        Current fd1 = new Current("fd1", StepKind.IMPACT_START);
        assertThat(intend("shop", "other", fd1, null).state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        assertThat(standing("other").state()).isEqualTo(MaintenanceVerdict.State.WAIT);

        settings("shop", new TenantSettings(Asking.NEVER, null, null, null, null));
        assertThat(standing("other").state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(standing("other").reason())
                .isEqualTo(intend("shop", "other", fd1, null).reason());
    }

    private OfTenant standing() {
        return standing(JOB);
    }

    private OfTenant standing(String job) {
        return read("/v1/maintenance/" + job + "?tenant=shop", MaintenanceVerdict.class)
                .tenants()
                .getFirst();
    }

    @Test
    void aStepIsDelayedWithinTheAllowance() {
        start("fd1");
        delay(Duration.ofMinutes(10)).expectStatus().isOk();
        assertThat(Objects.requireNonNull(start("fd1").step()).deadline()).isEqualTo(NOON.plus(Duration.ofMinutes(20)));
        Problem beyond = TestHttp.problem(422, delay(Duration.ofMinutes(6)));
        assertThat(beyond.errors()).extracting(FieldError::field).containsExactly("answers[0].delay");
        assertThat(beyond.detail()).contains("PT5M");
        assertThat(TestHttp.problem(422, delay(Duration.ofMinutes(-1))).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message()).endsWith("longer than nothing, such as PT10M"));
        delay(Duration.ofMinutes(5)).expectStatus().isOk();
        assertThat(document().jobs().getFirst().delayLeft()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aDelayThatComesTooLateIsToldWhenTheDeadlineWasAndWhatIsSoNow() {
        start("fd1");
        time.now = NOON.plus(Duration.ofMinutes(11));
        assertThat(TestHttp.problem(422, delay(Duration.ofMinutes(5))).detail())
                .contains("step 1 can't be delayed any more: its deadline passed at 2026-11-22T12:10:00Z")
                .contains("Silence means waiting: nothing begins before it is acknowledged");
        answer(Kind.ACKNOWLEDGE);
        assertThat(TestHttp.problem(422, delay(Duration.ofMinutes(5))).detail())
                .contains("it is acknowledged. './flotilla maintenance shop suspend " + JOB + "' holds");
        answer(Kind.SUSPEND);
        assertThat(TestHttp.problem(422, delay(Duration.ofMinutes(5))).detail())
                .contains("need not be delayed: the job is suspended");
        settings(
                "shop",
                new TenantSettings(
                        Asking.APPROVE, Duration.ofMinutes(10), OnSilence.GO_AHEAD, Duration.ofHours(1), null));
        answer(Kind.RESUME);
        time.now = NOON.plus(Duration.ofMinutes(22));
        assertThat(TestHttp.problem(422, delay(Duration.ofMinutes(5))).detail())
                .contains("its deadline passed at 2026-11-22T12:21:00Z")
                .contains("its rollout does at its next look");
    }

    @Test
    void whatIsLeftOfADelayIsLeftAfterASuspension() {
        start("fd1");
        delay(Duration.ofMinutes(15)).expectStatus().isOk();
        time.now = NOON.plus(Duration.ofMinutes(2));
        answer(Kind.SUSPEND);
        time.now = NOON.plus(Duration.ofMinutes(40));
        answer(Kind.ALERT);
        time.now = NOON.plus(Duration.ofMinutes(50));
        answer(Kind.RESUME);
        MaintenanceDocument.Step anew = Objects.requireNonNull(start("fd1").step());
        assertThat(anew.deadline())
                .as("23 of the 25 minutes were left")
                .isEqualTo(NOON.plus(Duration.ofMinutes(50 + 23)));
        assertThat(anew.delayedUntil()).isEqualTo(anew.deadline());
        assertThat(document().jobs().getFirst().delayLeft()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aDelayThatWasStoredAsATimeOnlyStandsToo() throws IOException {
        start("fd1");
        delay(Duration.ofMinutes(15)).expectStatus().isOk();
        jdbc.sql("""
                update maintenance_state
                set version = version + 1,
                    state = jsonb_set(state #- array ['jobs', :job, 'delay'] #- array ['jobs', :job, 'step', 'delay'],
                                      array ['jobs', :job, 'step', 'delayedUntil'], state #> array ['jobs', :job, 'step', 'deadline'])
                """).param("job", JOB).update();
        assertThat(step().delayedUntil()).isNull();
        jdbc.sql(new ClassPathResource("db/policy-engine/V6__delays_of_before.sql").getContentAsString(UTF_8))
                .update();
        assertThat(step().delayedUntil()).isEqualTo(NOON.plus(Duration.ofMinutes(25)));
        time.now = NOON.plus(Duration.ofMinutes(1));
        intend("shop", JOB, null, null);
        assertThat(Objects.requireNonNull(start("fd1").step()).deadline()).isEqualTo(NOON.plus(Duration.ofMinutes(25)));
    }

    private MaintenanceDocument.Step step() {
        return Objects.requireNonNull(document().jobs().getFirst().step());
    }

    @Test
    void aDelayStandsWhereItsQuestionIsTakenBackAndPutAnew() {
        start("fd1");
        delay(Duration.ofMinutes(15)).expectStatus().isOk();
        time.now = NOON.plus(Duration.ofMinutes(1));
        intend("shop", JOB, null, null);
        assertThat(Objects.requireNonNull(start("fd1").step()).deadline()).isEqualTo(NOON.plus(Duration.ofMinutes(25)));
        intend("shop", JOB, null, null);
        assertThat(Objects.requireNonNull(start("fd2").step()).deadline())
                .as("another question")
                .isEqualTo(NOON.plus(Duration.ofMinutes(11)));
    }

    @Test
    void aDelaySaysByWhomItIsAndWhy() {
        start("fd1");
        delay(Duration.ofMinutes(10)).expectStatus().isOk();
        assertThat(start("fd1").reason()).contains("which 'tester' has delayed (because), and is to answer by");
        MaintenanceDocument.Step step =
                Objects.requireNonNull(document().jobs().getFirst().step());
        assertThat(step.delayedBy()).isEqualTo("tester");
        assertThat(step.delayReason()).isEqualTo("because");
    }

    @Test
    void whatTenantsSaidAboutADeploymentIsReadInOrder() {
        start("fd1");
        delay(Duration.ofMinutes(10)).expectStatus().isOk();
        answer(Kind.ACKNOWLEDGE);
        answer(Kind.SUSPEND);
        answer(Kind.RESUME);
        answer(Kind.CANCEL);
        List<MaintenanceEvent> words = words("d1", 0);
        assertThat(words)
                .extracting(MaintenanceEvent::answer)
                .as("what changes the course")
                .containsExactly(Kind.DELAY, Kind.SUSPEND, Kind.RESUME, Kind.CANCEL);
        assertThat(words.getFirst().what())
                .isEqualTo("'tester' delayed IMPACT_START of fd1 by PT10M, until 2026-11-22T12:20:00Z: because");
        assertThat(words.getFirst().job()).isEqualTo(JOB);
        assertThat(words("d1", words.get(2).sequence())).containsExactly(words.get(3));
        assertThat(words("d2", 0)).isEmpty();
        TestHttp.problem(403, as(tokens.tenant("shop")).get("/v1/maintenance-words?deployment=d1", "*/*"));
    }

    private List<MaintenanceEvent> words(String deployment, long after) {
        return List.of(
                read("/v1/maintenance-words?deployment=" + deployment + "&after=" + after, MaintenanceEvent[].class));
    }

    @Test
    void theSettingsOfSomeTenantsAreReadAtOnce() {
        settings("bank", new TenantSettings(Asking.NOTIFY, null, null, null, null));
        assertThat(read("/v1/tenants?tenant=bank&tenant=nobody", JsonNode.class).findValuesAsString("tenant"))
                .containsExactly("bank");
        TestHttp.problem(400, http.get("/v1/tenants?tenant=no/place", "*/*"));
    }

    private ResponseSpec delay(Duration by) {
        return answers(document().incarnation(), Kind.DELAY, by);
    }

    @Test
    void anOutdatedAnswerIsRefusedWholeAndChangesNothing() {
        start("fd1");
        long read = document().incarnation();
        intend("shop", "other", new Current("fd2", StepKind.IMPACT_START), null);
        MaintenanceDocument before = document();
        Problem problem = TestHttp.problem(409, answers(read, Kind.ACKNOWLEDGE, null));
        assertThat(problem.detail()).contains(String.valueOf(read)).contains(String.valueOf(before.incarnation()));
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void theSameAnswerTwiceIsOnce() {
        start("fd1");
        long read = document().incarnation();
        answers(read, Kind.ACKNOWLEDGE, null).expectStatus().isOk();
        MaintenanceDocument after = document();
        answers(read, Kind.ACKNOWLEDGE, null).expectStatus().isOk();
        assertThat(document()).isEqualTo(after);
        assertThat(history().stream().filter(event -> event.what().startsWith("acknowledged")))
                .hasSize(1);
        TestHttp.problem(409, answers(read, Kind.CANCEL, null));
    }

    @Test
    void oneWrongAnswerAmongSeveralChangesNothing() {
        start("fd1");
        MaintenanceDocument before = document();
        MaintenanceAnswers answers = new MaintenanceAnswers(
                before.incarnation(),
                List.of(
                        new Answer(JOB, 1, Kind.ACKNOWLEDGE, null, null),
                        new Answer("nothing", 1, Kind.ACKNOWLEDGE, null, null)));
        Problem problem = TestHttp.problem(422, send("shop", answers));
        assertThat(problem.errors()).extracting(FieldError::field).containsExactly("answers[1].job");
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void moreJobsThanTheTenantWantsWaitForTheirTurn() {
        settings("shop", new TenantSettings(Asking.APPROVE, null, null, null, 1));
        start("fd1");
        Current current = new Current("fd1", StepKind.IMPACT_START);
        assertThat(intend("shop", "second", current, null).reason()).contains("at most 1 jobs");
        assertThat(document().jobs()).extracting(MaintenanceDocument.Job::id).containsExactly(JOB);
        finish();
        assertThat(intend("shop", "second", current, null).step()).isNotNull();
    }

    @Test
    void whoAnswersWhatItIsNotAskedAboutYetIsToldWhatToDoInstead() {
        settings("shop", new TenantSettings(Asking.APPROVE, null, null, null, 1));
        start("fd1");
        intend("shop", "second", new Current("fd1", StepKind.IMPACT_START), null);
        assertThat(TestHttp.problem(422, answerTo("second", Kind.CANCEL)).detail())
                .contains("job waits for its turn: the tenant is asked about at most 1 jobs at once")
                .contains("'./flotilla opt-out shop-out --tenant shop --reason later'")
                .contains("'./flotilla freeze shop-later --tenant shop --reason later'");
        assertThat(TestHttp.problem(422, answerTo("third", Kind.SUSPEND)).detail())
                .contains("is none that the tenant is asked about now", "./flotilla freeze shop-later");
        answerTo(JOB, Kind.CANCEL).expectStatus().isOk();
        assertThat(TestHttp.problem(422, answerTo(JOB, Kind.SUSPEND)).detail())
                .contains("job has ended: cancelled, 'tester' cancelled the job");
    }

    @Test
    void ofAlternativesAtLeastOneIsApproved() {
        alternative("a");
        alternative("b");
        assertThat(document().anyOf()).isEqualTo(Map.of("either", List.of("a", "b")));
        answerTo("a", Kind.CANCEL).expectStatus().isOk();
        Problem last = TestHttp.problem(422, answerTo("b", Kind.CANCEL));
        assertThat(last.detail()).contains("at least one of the alternatives");
        answerTo("b", Kind.ACKNOWLEDGE).expectStatus().isOk();
        assertThat(alternative("b").state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(alternative("a").state()).isEqualTo(MaintenanceVerdict.State.PASS_BY);
    }

    @Test
    void silenceAboutAnAlternativeIsANoOnceAnotherWasApproved() {
        settings("shop", new TenantSettings(Asking.APPROVE, null, OnSilence.GO_AHEAD, null, null));
        alternative("a");
        alternative("b");
        answerTo("b", Kind.ACKNOWLEDGE).expectStatus().isOk();
        time.now = NOON.plus(Duration.ofMinutes(16));
        assertThat(alternative("a").state()).isEqualTo(MaintenanceVerdict.State.STOP);
        assertThat(alternative("a").reason()).contains("alternatives 'either'");
    }

    private OfTenant alternative(String job) {
        return verdict(job, intent("shop", new Current("fd1", StepKind.IMPACT_START), null, "either"));
    }

    @Test
    void aJobThatIsNotHeardOfAnyMoreFailsForAllToSeeAndIsAskedAnewIfItComesBack() {
        start("fd1");
        answer(Kind.ACKNOWLEDGE);
        time.now = NOON.plus(Duration.ofHours(1));
        MaintenanceDocument.Job job = document().jobs().getFirst();
        assertThat(job.state()).isEqualTo(State.FAILED);
        assertThat(job.reason()).contains("has not been heard of since");
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        assertThat(Objects.requireNonNull(document().jobs().getFirst().step()).ordinal())
                .isEqualTo(2);
    }

    @Test
    void anOpenRequestDefersAllOtherChangesOfItsMachines() {
        start("fd1");
        Subject m1 = new Subject("m1", "east", "web", "fd1", "r1", "shop");
        Subject m2 = new Subject("m2", "east", "web", "fd2", "r1", "shop");
        DecisionRequest mending = new DecisionRequest("other", "1", List.of(m1, m2));
        List<Decision> decisions = decideAll(mending).decisions();
        assertThat(decisions).extracting(Decision::effect).containsExactly(Effect.DEFER, Effect.ALLOW);
        assertThat(decisions.getFirst().kind()).isEqualTo(Decision.Kind.MAINTENANCE_REQUEST);
        assertThat(decisions.getFirst().reason())
                .contains("'shop'")
                .contains("IMPACT_START")
                .contains("fd1");
        DecisionRequest own = new DecisionRequest("hello", "2", List.of(m1), "d1", JOB);
        assertThat(decideAll(own).decisions().getFirst().effect()).isEqualTo(Effect.ALLOW);
        answer(Kind.ACKNOWLEDGE);
        assertThat(decideAll(mending).decisions()).extracting(Decision::effect).containsOnly(Effect.ALLOW);
    }

    @Test
    void theDocumentIsPolledByItsEtagAndAChangeEndsTheWait() throws Exception {
        start("fd1");
        String etag = "\"" + document().incarnation() + "\"";
        assertThat(poll(etag, "PT0S")).isEqualTo(304);
        assertThat(poll("\"0\"", "PT30S")).isEqualTo(200);
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> poll(etag, "PT30S"));
        assertThat(waiting).isNotDone();
        answer(Kind.ACKNOWLEDGE);
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        TestHttp.problem(400, http.get("/v1/tenants/shop/maintenance?wait=PT2H", "*/*"));
        TestHttp.problem(400, http.get("/v1/tenants/shop/maintenance?wait=soon", "*/*"));
    }

    private int poll(String etag, String wait) {
        return client.get()
                .uri(URI.create("http://127.0.0.1:" + port + "/v1/tenants/shop/maintenance?wait=" + wait))
                .header("Authorization", tokens.bearer(Role.OPERATOR))
                .header("If-None-Match", etag)
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }

    @Test
    void settingsOfATenantWithOpenJobsStay() {
        start("fd1");
        TestHttp.problem(409, http.delete("/v1/tenants/shop"));
        answer(Kind.CANCEL);
        http.delete("/v1/tenants/shop").expectStatus().isNoContent();
        http.put("/v1/tenants/bank", "application/json", "{\"asking\":\"NEVER\"}");
        assertThat(TestHttp.problem(404, http.get("/v1/tenants/shop", "*/*")).detail())
                .contains("'shop' has no settings", "bank", "./flotilla tenants set shop --ask approve");
        http.delete("/v1/tenants/bank");
    }

    @Test
    void aTenantAnswersForItselfAndForNobodyElse() {
        start("fd1");
        TestHttp shop = as(tokens.tenant("shop"));
        TestHttp other = as(tokens.tenant("other"));
        String answers = json.writeValueAsString(new MaintenanceAnswers(
                document().incarnation(), List.of(new Answer(JOB, 1, Kind.ACKNOWLEDGE, null, null))));
        String path = "/v1/tenants/shop/maintenance";
        TestHttp.problem(403, other.post(path + "/answers", "application/json", answers));
        TestHttp.problem(403, other.get(path, "*/*"));
        TestHttp.problem(403, other.get(path + "/history", "*/*"));
        TestHttp.problem(403, other.put("/v1/tenants/shop", "application/json", "{\"asking\":\"NEVER\"}"));
        TestHttp.problem(403, other.delete("/v1/tenants/shop"));
        TestHttp.problem(403, as(tokens.bearer(Role.SERVICE)).post(path + "/answers", "application/json", answers));
        TestHttp.problem(403, as(tokens.bearer(Role.DEPLOYER)).post(path + "/answers", "application/json", answers));
        TestHttp.problem(401, as(null).post(path + "/answers", "application/json", answers));
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.WAIT);
        shop.get(path, "*/*").expectStatus().isOk();
        shop.post(path + "/answers", "application/json", answers).expectStatus().isOk();
        assertThat(start("fd1").state()).isEqualTo(MaintenanceVerdict.State.GO);
        assertThat(history()).anyMatch(event -> event.by().equals("tenant-agent"));
        String intent = json.writeValueAsString(intent("shop", null, Finished.COMPLETED, null));
        TestHttp.problem(403, shop.put("/v1/maintenance/" + JOB, "application/json", intent));
        as(tokens.bearer(Role.SERVICE))
                .put("/v1/maintenance/" + JOB, "application/json", intent)
                .expectStatus()
                .isOk();
    }

    @Test
    void whatCantBeMeantIsRefusedWithItsField() {
        String good = json.writeValueAsString(intent("shop", new Current("fd1", StepKind.IMPACT_START), null, null));
        Map<String, String> broken = Map.of(
                good.replace("[\"m1\"]", "[]"), "an fd left empty",
                good.replace("\"m2\"", "\"m1\""), "tenants[0].faultDomains",
                good.replace("PT30S", "PT-30S"), "impact.estimatedDuration",
                good.replace("\"finished\":null", "\"finished\":\"FAILED\""), "current");
        broken.forEach((body, field) -> {
            Problem problem = TestHttp.problem(400, http.put("/v1/maintenance/x", "application/json", body));
            assertThat(problem.errors()).as(field).isNotEmpty();
        });
        for (String settings : List.of(
                "{}",
                "{\"asking\":\"SOMETIMES\"}",
                "{\"asking\":\"APPROVE\",\"deadline\":\"PT0S\"}",
                "{\"asking\":\"APPROVE\",\"deadline\":\"P31D\"}",
                "{\"asking\":\"APPROVE\",\"delayAllowance\":\"PT-1S\"}",
                "{\"asking\":\"APPROVE\",\"maxJobs\":0}")) {
            TestHttp.problem(400, http.put("/v1/tenants/bad", "application/json", settings));
        }
        TestHttp.problem(404, http.get("/v1/tenants/bad", "*/*"));
        assertThat(document().jobs()).isEmpty();
    }

    @Test
    void stepsAreCounted() {
        start("fd1");
        answer(Kind.ACKNOWLEDGE);
        http.get("/actuator/prometheus", "text/plain")
                .expectBody(String.class)
                .value(metrics -> assertThat(metrics)
                        .contains("flotilla_maintenance_steps_total{service=\"policy-engine\",state=\"waiting\"")
                        .contains("state=\"acknowledged\""));
    }

    private OfTenant start(String domain) {
        return intend("shop", new Current(domain, StepKind.IMPACT_START), null);
    }

    private OfTenant end(String domain) {
        return intend("shop", new Current(domain, StepKind.IMPACT_END), null);
    }

    private OfTenant finish() {
        return intend("shop", null, Finished.COMPLETED);
    }

    private OfTenant intend(String tenant, @Nullable Current current, @Nullable Finished finished) {
        return intend(tenant, JOB, current, finished);
    }

    private OfTenant intend(String tenant, String job, @Nullable Current current, @Nullable Finished finished) {
        return verdict(job, intent(tenant, current, finished, null));
    }

    private static MaintenanceIntent intent(
            String tenant, @Nullable Current current, @Nullable Finished finished, @Nullable String anyOf) {
        return new MaintenanceIntent(
                "d1",
                JOB,
                "hello",
                "2.0",
                new Impact(Impact.Kind.RESTART, Duration.ofSeconds(30)),
                List.of(new Share(tenant, MACHINES)),
                current,
                finished,
                anyOf,
                null);
    }

    private static MaintenanceIntent at(long epoch, StepKind kind) {
        MaintenanceIntent intent = intent("shop", new Current("fd1", kind), null, null);
        return new MaintenanceIntent(
                intent.deployment(),
                intent.rollout(),
                intent.service(),
                intent.version(),
                intent.impact(),
                intent.tenants(),
                intent.current(),
                null,
                null,
                epoch);
    }

    private OfTenant verdict(String job, MaintenanceIntent intent) {
        return put("/v1/maintenance/" + job, intent, MaintenanceVerdict.class)
                .tenants()
                .getFirst();
    }

    private void settings(String tenant, TenantSettings settings) {
        put("/v1/tenants/" + tenant, settings, TenantSettings.Stored.class);
    }

    private MaintenanceDocument document() {
        return read("/v1/tenants/shop/maintenance", MaintenanceDocument.class);
    }

    private void answer(Kind kind) {
        answers(document().incarnation(), kind, null).expectStatus().isOk();
    }

    private ResponseSpec answers(long incarnation, Kind kind, @Nullable Duration delay) {
        MaintenanceDocument.Step step = document().jobs().getFirst().step();
        return send(
                "shop",
                new MaintenanceAnswers(
                        incarnation,
                        List.of(new Answer(JOB, step == null ? null : step.ordinal(), kind, delay, "because"))));
    }

    private ResponseSpec answerTo(String job, Kind kind) {
        return send(
                "shop",
                new MaintenanceAnswers(document().incarnation(), List.of(new Answer(job, 1, kind, null, null))));
    }

    private ResponseSpec send(String tenant, MaintenanceAnswers answers) {
        return http.post(
                "/v1/tenants/" + tenant + "/maintenance/answers", "application/json", json.writeValueAsString(answers));
    }

    private List<MaintenanceEvent> history() {
        return Objects.requireNonNull(http.get("/v1/tenants/shop/maintenance/history", "*/*")
                        .expectBody(new ParameterizedTypeReference<Page<MaintenanceEvent>>() {})
                        .returnResult()
                        .getResponseBody())
                .items();
    }
}
