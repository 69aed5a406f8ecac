package dev.flotilla.agent.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.upload.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisionDecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final SupervisionRules RULES = new SupervisionRules(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            5);
    private static final Release OLD = release("1");
    private static final Release NEW = release("2");
    private static final Fetch READY = new Fetch.Ready();
    private static final Fetch NOT_BEGUN = new Fetch.NotBegun();
    private static final Fetch UNDER_WAY = new Fetch.UnderWay();

    @Test
    void whereNothingMustRunNothingIsDone() {
        assertThat(next(seen(ServiceRecord.EMPTY, NOT_BEGUN, null))).isInstanceOf(Step.Wait.class);
    }

    @Test
    void anAcceptedOrderIsFetched() {
        assertThat(next(seen(ordered(null, OrderPhase.ACCEPTED), NOT_BEGUN, null)))
                .isEqualTo(new Step.Obtain(NEW));
    }

    @Test
    void anOrderForWhatRunsAndHasProvenItselfIsDone() {
        assertThat(next(seen(ordered(NEW, OrderPhase.ACCEPTED), NOT_BEGUN, up(NEW, 11))))
                .isEqualTo(new Step.Complete());
        assertThat(next(seen(ordered(NEW, OrderPhase.ACCEPTED), NOT_BEGUN, up(NEW, 9))))
                .isEqualTo(new Step.Obtain(NEW));
        assertThat(next(seen(ordered(NEW, OrderPhase.ACCEPTED), NOT_BEGUN, null)))
                .isEqualTo(new Step.Obtain(NEW));
    }

    @Test
    void theOldVersionIsKeptRunningWhileTheNewOneIsFetched() {
        ServiceRecord record = ordered(OLD, OrderPhase.FETCHING);
        assertThat(next(seen(record, UNDER_WAY, up(OLD, 100)))).isInstanceOf(Step.Wait.class);
        assertThat(next(seen(record, UNDER_WAY, null))).isEqualTo(new Step.Start(OLD));
    }

    @Test
    void theNewVersionThatAnEarlierRunOfTheAgentStartedIsLeftAloneWhileItIsVerified() {
        assertThat(next(seen(ordered(OLD, OrderPhase.FETCHING), UNDER_WAY, up(NEW, 3))))
                .isInstanceOf(Step.Wait.class);
    }

    @Test
    void whatCannotBeFetchedFails() {
        assertThat(next(seen(ordered(OLD, OrderPhase.FETCHING), new Fetch.Failed("no such version"), up(OLD, 100))))
                .isEqualTo(new Step.Fail("no such version"));
    }

    @Test
    void whatIsFetchedIsSwitchedTo() {
        assertThat(next(seen(ordered(OLD, OrderPhase.FETCHING), READY, up(OLD, 100))))
                .isEqualTo(new Step.BeginSwitch());
        ServiceRecord switching = ordered(OLD, OrderPhase.SWITCHING);
        assertThat(next(seen(switching, READY, up(OLD, 100)))).isEqualTo(new Step.Stop("makes way for 2", false));
        assertThat(next(seen(switching, READY, stopping(OLD)))).isInstanceOf(Step.Wait.class);
        assertThat(next(seen(switching, READY, null))).isEqualTo(new Step.Start(NEW));
        assertThat(next(seen(switching, READY, up(NEW, 4))))
                .isEqualTo(new Step.Wait(NOW.plusSeconds(6), "must stay up"));
        assertThat(next(seen(switching, READY, up(NEW, 10)))).isEqualTo(new Step.Complete());
    }

    @Test
    void whatIsFetchedAheadOfTimeIsKeptAndNotSwitchedTo() {
        Order ahead = new Order(
                "o1", "m1", "hello", NEW.version(), NEW.payload(), 1, 1, NOW, NOW.plusSeconds(60), null, null, true);
        ServiceRecord record = new ServiceRecord(OLD, null, ahead, OrderPhase.FETCHING, null, List.of());
        assertThat(next(seen(record, READY, up(OLD, 100)))).isEqualTo(new Step.Lapse());
        ServiceRecord runsItAlready = new ServiceRecord(NEW, null, ahead, OrderPhase.FETCHING, null, List.of());
        assertThat(next(seen(runsItAlready, READY, up(NEW, 100)))).isNotEqualTo(new Step.Lapse());
    }

    @Test
    void whatIsFetchedAfterTheOrderHasLapsedIsKeptAndNotSwitchedTo() {
        assertThat(next(seen(ordered(OLD, OrderPhase.FETCHING, NOW), READY, up(OLD, 100))))
                .isEqualTo(new Step.Lapse());
        assertThat(next(seen(ordered(OLD, OrderPhase.FETCHING, NOW.plusMillis(1)), READY, up(OLD, 100))))
                .isEqualTo(new Step.BeginSwitch());
        ServiceRecord fetched = ordered(OLD, OrderPhase.FETCHED, NOW);
        assertThat(next(seen(fetched, READY, up(OLD, 100)))).isEqualTo(new Step.Wait(null, "runs"));
        assertThat(next(seen(fetched, READY, null)))
                .as("what should run is started again without any order")
                .isEqualTo(new Step.Start(OLD));
        assertThat(next(seen(ordered(null, OrderPhase.FETCHED, NOW), READY, null)))
                .isInstanceOf(Step.Wait.class);
        assertThat(fetched.needed()).as("its bytes stay").contains(NEW);
        assertThat(next(seen(ordered(NEW, OrderPhase.FETCHING, NOW), READY, up(NEW, 1))))
                .as("it changes nothing: it is what should run already")
                .isEqualTo(new Step.BeginSwitch());
    }

    @Test
    void aSwitchThatBeganInTimeIsBroughtToItsEnd() {
        ServiceRecord switching = ordered(OLD, OrderPhase.SWITCHING, NOW.minusSeconds(9));
        assertThat(next(seen(switching, READY, null))).isEqualTo(new Step.Start(NEW));
        assertThat(next(seen(switching, READY, up(NEW, 10)))).isEqualTo(new Step.Complete());
        assertThat(switching.takenUpAgain(NEW)).isEqualTo(switching);
        ServiceRecord brokenOff = switching.takenUpAgain(null);
        assertThat(brokenOff.phase())
                .as("an agent that was killed before the new version ran decides again")
                .isEqualTo(OrderPhase.ACCEPTED);
        assertThat(next(seen(brokenOff.at(OrderPhase.FETCHING), READY, null))).isEqualTo(new Step.Lapse());
    }

    @Test
    void anAdoptedProcessHasItsTimeToPassTheProbe() {
        RunView adopted =
                new RunView(NEW, NOW.minusSeconds(500), NOW.minusSeconds(59), new Health.Pending(null), false);
        assertThat(next(seen(ordered(OLD, OrderPhase.SWITCHING), READY, adopted)))
                .isEqualTo(new Step.Wait(NOW.plusSeconds(1), "waiting for the first healthy answer"));
    }

    @Test
    void aNewVersionThatEndedFailsAndTheOldOneIsStartedAtOnce() {
        Situation ended = new Situation(
                ordered(OLD, OrderPhase.SWITCHING), READY, null, "2 ended with exit code 1", Backoff.NONE, false);
        assertThat(next(ended)).isEqualTo(new Step.Fail("2 ended with exit code 1"));
        assertThat(next(seen(ordered(OLD, OrderPhase.FAILED), READY, null))).isEqualTo(new Step.Start(OLD));
    }

    @Test
    void afterAFailureWhatStillRunsOfTheNewVersionIsStopped() {
        assertThat(next(seen(ordered(OLD, OrderPhase.FAILED), READY, up(NEW, 70))))
                .isEqualTo(new Step.Stop("must be version 1", false));
        assertThat(next(seen(ordered(null, OrderPhase.FAILED), READY, up(NEW, 70))))
                .isEqualTo(new Step.Stop("must not run", false));
    }

    @Test
    void aProbeMustPassBeforeTheDeadline() {
        ServiceRecord switching = ordered(OLD, OrderPhase.SWITCHING);
        assertThat(next(seen(switching, READY, probed(59, new Health.Pending("refused")))))
                .isEqualTo(new Step.Wait(NOW.plusSeconds(1), "waiting for the first healthy answer"));
        assertThat(next(seen(switching, READY, probed(60, new Health.Pending("refused")))))
                .isEqualTo(new Step.Fail("version 2 did not become healthy within PT1M: refused"));
        assertThat(next(seen(switching, READY, probed(5, new Health.Unhealthy("status 500")))))
                .isEqualTo(new Step.Fail("version 2 became unhealthy: status 500"));
        assertThat(next(seen(switching, READY, probed(20, new Health.Healthy()))))
                .isEqualTo(new Step.Complete());
    }

    @Test
    void anUnhealthyProcessIsStoppedToBeStartedAgain() {
        RunView sick = new RunView(
                NEW, NOW.minusSeconds(500), NOW.minusSeconds(500), new Health.Unhealthy("status 500"), false);
        assertThat(next(seen(ordered(NEW, OrderPhase.DONE), READY, sick)))
                .isEqualTo(new Step.Stop("is unhealthy: status 500", true));
    }

    @Test
    void whatEndedByItselfIsStartedAgainAfterTheBackoff() {
        Backoff backoff = new Backoff(2, NOW.plusSeconds(2));
        Situation crashed = new Situation(ordered(NEW, OrderPhase.DONE), READY, null, null, backoff, false);
        assertThat(next(crashed)).isEqualTo(new Step.Wait(NOW.plusSeconds(2), "waiting to start again"));
        assertThat(SupervisionDecision.next(crashed, RULES, NOW.plusSeconds(2))).isEqualTo(new Step.Start(NEW));
        assertThat(crashed.state(RULES, NOW)).isEqualTo(RunState.CRASHED);
    }

    @Test
    void theStateSaysHowTheServiceFares() {
        assertThat(ServiceRecord.EMPTY.underWay()).isFalse();
        assertThat(state(ordered(NEW, OrderPhase.DONE), up(NEW, 10), Backoff.NONE))
                .isEqualTo(RunState.RUNNING);
        assertThat(state(ordered(NEW, OrderPhase.DONE), up(NEW, 9), Backoff.NONE))
                .isEqualTo(RunState.STARTING);
        assertThat(state(ordered(NEW, OrderPhase.DONE), up(NEW, 9), new Backoff(5, NOW)))
                .isEqualTo(RunState.CRASHED);
        assertThat(state(ordered(NEW, OrderPhase.DONE), up(NEW, 10), new Backoff(4, NOW)))
                .isEqualTo(RunState.RUNNING);
        assertThat(state(ordered(null, OrderPhase.FAILED), null, Backoff.NONE)).isEqualTo(RunState.STOPPED);
        assertThat(state(ordered(OLD, OrderPhase.SWITCHING), null, Backoff.NONE))
                .isEqualTo(RunState.STARTING);
    }

    @Test
    void aCrashLoopIsOverWhenTheProcessWasUpForSoLongThatItWouldBeginAnew() {
        Backoff loop = new Backoff(5, NOW);
        ServiceRecord record = ordered(NEW, OrderPhase.DONE);
        assertThat(state(record, up(NEW, 59), loop)).isEqualTo(RunState.CRASHED);
        assertThat(state(record, up(NEW, 60), loop)).isEqualTo(RunState.RUNNING);

        assertThat(next(new Situation(record, READY, up(NEW, 59), null, loop, false)))
                .isEqualTo(new Step.Wait(NOW.plusSeconds(1), "runs"));
        assertThat(next(new Situation(record, READY, up(NEW, 60), null, loop, false)))
                .isEqualTo(new Step.Wait(null, "runs"));
    }

    /** In whatever situation: no step that must never be taken. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noStepIsEverTakenThatMustNotBe(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Situation seen = anything(random);
            boolean lapsed =
                    Objects.requireNonNull(seen.record().order()).notAfter().equals(NOW);
            Step step = next(seen);
            String world = "seed " + seed + ", round " + i + ": " + seen + " -> " + step;
            RunView run = seen.run();
            ServiceRecord record = seen.record();
            switch (step) {
                case Step.Start(Release release) -> {
                    assertThat(run).as(world).isNull();
                    boolean switching = record.phase() == OrderPhase.SWITCHING;
                    assertThat(release).as(world).isEqualTo(switching ? NEW : record.current());
                }
                case Step.Stop stop -> {
                    assertThat(run != null && !run.stopping()).as(world).isTrue();
                    assertThat(stop.reason()).as(world).isNotBlank();
                }
                case Step.Complete ignored -> {
                    assertThat(run != null && !run.stopping() && run.release().equals(NEW))
                            .as(world)
                            .isTrue();
                    assertThat(run != null
                                    && run.passed()
                                    && !NOW.isBefore(run.startedAt().plusSeconds(10)))
                            .as(world)
                            .isTrue();
                }
                case Step.Fail fail -> {
                    assertThat(record.underWay()).as(world).isTrue();
                    assertThat(fail.reason()).as(world).isNotBlank();
                }
                case Step.Wait wait ->
                    assertThat(wait.until() == null || wait.until().isAfter(NOW))
                            .as(world)
                            .isTrue();
                case Step.Obtain ignored ->
                    assertThat(record.underWay()).as(world).isTrue();
                case Step.BeginSwitch ignored -> {
                    assertThat(seen.fetch()).as(world).isEqualTo(READY);
                    assertThat(lapsed && !NEW.equals(record.current()))
                            .as(world)
                            .isFalse();
                }
                case Step.Lapse ignored ->
                    assertThat(lapsed && seen.fetch().equals(READY)).as(world).isTrue();
            }
        }
    }

    private static Situation anything(Random random) {
        List<OrderPhase> phases = List.of(OrderPhase.values());
        List<Fetch> fetches = List.of(NOT_BEGUN, UNDER_WAY, READY, new Fetch.Failed("gone"));
        List<Health> healths = List.of(
                new Health.Unprobed(), new Health.Pending(null), new Health.Healthy(), new Health.Unhealthy("sick"));
        Release current = random.nextInt(3) == 0 ? null : random.nextBoolean() ? OLD : NEW;
        OrderPhase phase = phases.get(random.nextInt(phases.size()));
        RunView run = random.nextInt(3) == 0
                ? null
                : new RunView(
                        random.nextBoolean() ? OLD : NEW,
                        NOW.minusSeconds(random.nextInt(100)),
                        NOW.minusSeconds(random.nextInt(100)),
                        healths.get(random.nextInt(healths.size())),
                        random.nextInt(4) == 0);
        Instant notAfter = random.nextBoolean() ? NOW : NOW.plusSeconds(1);
        return new Situation(
                ordered(phase == OrderPhase.DONE ? NEW : current, phase, notAfter),
                fetches.get(random.nextInt(fetches.size())),
                run,
                random.nextInt(4) == 0 ? "it ended" : null,
                new Backoff(random.nextInt(8), NOW.plusSeconds(random.nextInt(20) - 10)),
                random.nextInt(5) == 0);
    }

    private static Step next(Situation seen) {
        return SupervisionDecision.next(seen, RULES, NOW);
    }

    private static RunState state(ServiceRecord record, @Nullable RunView run, Backoff backoff) {
        return new Situation(record, READY, run, null, backoff, false).state(RULES, NOW);
    }

    private static Situation seen(ServiceRecord record, Fetch fetch, @Nullable RunView run) {
        return new Situation(record, fetch, run, null, Backoff.NONE, false);
    }

    private static ServiceRecord ordered(@Nullable Release current, OrderPhase phase) {
        return ordered(current, phase, NOW.plusSeconds(60));
    }

    private static ServiceRecord ordered(@Nullable Release current, OrderPhase phase, Instant notAfter) {
        Order order =
                new Order("o1", "m1", "hello", NEW.version(), NEW.payload(), 1, 1, NOW.minusSeconds(1), notAfter, null);
        return new ServiceRecord(current, null, order, phase, null, List.of());
    }

    private static RunView up(Release release, int seconds) {
        return new RunView(release, NOW.minusSeconds(seconds), NOW.minusSeconds(seconds), new Health.Unprobed(), false);
    }

    private static RunView stopping(Release release) {
        return new RunView(release, NOW.minusSeconds(100), NOW.minusSeconds(100), new Health.Unprobed(), true);
    }

    private static RunView probed(int seconds, Health health) {
        return new RunView(NEW, NOW.minusSeconds(seconds), NOW.minusSeconds(seconds), health, false);
    }

    private static Release release(String version) {
        return new Release(version, new Payload(version.repeat(64), 10));
    }
}
