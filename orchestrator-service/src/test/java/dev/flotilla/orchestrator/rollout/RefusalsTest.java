package dev.flotilla.orchestrator.rollout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.Targets;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.platform.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who was refused first when, and what was decided last, as it is kept for explanations. */
class RefusalsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final MachineGroup WEB = new MachineGroup("prod", "web");
    private static final MachineGroup JOBS = new MachineGroup("prod", "jobs");
    private final TestDatabase database = TestDatabase.create();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(database.url(), database.username(), database.password());
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    private final Ticks ticks = new Ticks(jdbc, InstantSource.fixed(NOW));
    private final OrderBook orders = new OrderBook(jdbc);
    private final DecisionFence fence = new DecisionFence(jdbc);
    private final Rollouts rollouts = new Rollouts(jdbc);
    private final Intake intake = new Intake(jdbc, transaction, ticks, new History(jdbc));
    private final DeploymentStates deployments = new DeploymentStates(jdbc, ticks);
    private final History history = new History(jdbc);
    private final Rollbacks rollbacks = new Rollbacks(jdbc, transaction, history, deployments);
    private final PolicyRefusals policies = new PolicyRefusals(jdbc);
    private final Ledger ledger = new Ledger(
            jdbc, transaction, orders, deployments, new SelfHalts(deployments, history, rollbacks), policies);
    private final Commands commands = new Commands(jdbc, transaction, deployments, history, rollbacks, ticks);

    @BeforeEach
    void migrate() {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/orchestrator-service")
                .load()
                .migrate();
        intake.take(0, deployment(2), List.of(part(WEB), part(JOBS)), NOW);
    }

    @Test
    void aRefusalKeepsTheMomentAtWhichTheSameRuleRefusedFirst() {
        ClaimAnswer busy = new ClaimAnswer(null, "active-repair", "under repave", null, true);
        long first = refused(busy, NOW);
        assertThat(since()).isEqualTo(NOW);
        assertThat(refused(busy, NOW.plusSeconds(10)))
                .as("nothing is written where nothing is new")
                .isEqualTo(first);
        refused(new ClaimAnswer(null, "active-repair", "still under repave", null, true), NOW.plusSeconds(20));
        assertThat(since()).as("other words, the same rule").isEqualTo(NOW);
        refused(new ClaimAnswer(null, "max-unavailable", "20 of 100", null, false), NOW.plusSeconds(30));
        assertThat(since()).isEqualTo(NOW.plusSeconds(30));
        refused(
                new ClaimAnswer(
                        null, "maintenance-request", "asked", null, false, NOW.plusSeconds(7), "acme", "a step", null),
                NOW.plusSeconds(40));
        assertThat(since()).as("the tenant was asked then").isEqualTo(NOW.plusSeconds(7));
        assertThat(requireNonNull(find("d2~prod~web").refusals().get("m1")))
                .extracting(ClaimAnswer::tenant, ClaimAnswer::step)
                .containsExactly("acme", "a step");
    }

    private long refused(ClaimAnswer answer, Instant at) {
        return ledger.write(
                        find("d2~prod~web"), Map.of(), decision(DeploymentState.ROLLING_OUT), Map.of("m1", answer), at)
                .orElseThrow();
    }

    private @Nullable Instant since() {
        return requireNonNull(find("d2~prod~web").refusals().get("m1")).since();
    }

    @Test
    void aPolicysRefusalKeepsItsFirstMomentAndIsWrittenOnlyWhenSomebodyIsRefusedOrPermittedAnew() {
        MachineStanding night = refusedBy("night");
        long first = stands(Map.of("m1", night), NOW);
        assertThat(stands(Map.of("m1", night), NOW.plusSeconds(10)))
                .as("nothing is written where nothing is new")
                .isEqualTo(first);
        stands(Map.of("m1", night, "m2", night), NOW.plusSeconds(20));
        assertThat(new PolicyRefusals(jdbc).of("d2~prod~web"))
                .as("as another instance reads it")
                .isEqualTo(Map.of(
                        "m1", new PolicyRefusal("night", NOW), "m2", new PolicyRefusal("night", NOW.plusSeconds(20))));

        MachineStanding unasked = new MachineStanding(MachinePhase.WAITING, "no answer", "registry", null);
        stands(Map.of("m1", unasked, "m2", refusedBy("freeze")), NOW.plusSeconds(30));
        assertThat(policies.of("d2~prod~web"))
                .as("who was not asked about is still refused")
                .isEqualTo(Map.of(
                        "m1", new PolicyRefusal("night", NOW), "m2", new PolicyRefusal("freeze", NOW.plusSeconds(30))));

        commands.give(Command.PROMOTE, "d2", null, "ann", "seen enough", NOW);
        MachineStanding turn = new MachineStanding(MachinePhase.WAITING, "fd1 comes first", "fault-domain", null);
        stands(Map.of("m1", turn, "m2", refusedBy("freeze")), NOW.plusSeconds(40));
        assertThat(policies.of("d2~prod~web"))
                .isEqualTo(Map.of("m2", new PolicyRefusal("freeze", NOW.plusSeconds(30))));
    }

    @Test
    void theFaultDomainThatOthersWaitForIsKnownSinceItCameFirst() {
        ledger.write(find("d2~prod~web"), Map.of(), opening("fd1"), Map.of(), NOW);
        ledger.write(find("d2~prod~web"), Map.of(), opening("fd1"), Map.of(), NOW.plusSeconds(10));
        assertThat(find("d2~prod~web").open()).isEqualTo(new OpenDomain("fd1", NOW));
        ledger.write(find("d2~prod~web"), Map.of(), opening("fd2"), Map.of(), NOW.plusSeconds(20));
        assertThat(find("d2~prod~web").open()).isEqualTo(new OpenDomain("fd2", NOW.plusSeconds(20)));
        ledger.write(find("d2~prod~web"), Map.of(), opening(null), Map.of(), NOW.plusSeconds(30));
        assertThat(find("d2~prod~web").open()).isNull();
    }

    private static Decision opening(@Nullable String domain) {
        return new Decision(
                List.of(),
                new LinkedHashMap<>(),
                new Counts(1, 0, 0, 0, 0, 0, 0),
                DeploymentState.ROLLING_OUT,
                null,
                List.of(),
                false,
                false,
                null,
                domain);
    }

    private static MachineStanding refusedBy(String policy) {
        return new MachineStanding(MachinePhase.WAITING, "not now", policy, null, Origin.POLICY);
    }

    private long stands(Map<String, MachineStanding> standings, Instant at) {
        Decision decision = new Decision(
                List.of(),
                new LinkedHashMap<>(standings),
                new Counts(1, 0, 0, 0, 0, 0, 0),
                DeploymentState.ROLLING_OUT,
                null,
                List.of(),
                false,
                false,
                null,
                null);
        return ledger.write(find("d2~prod~web"), Map.of(), decision, Map.of(), at)
                .orElseThrow();
    }

    @Test
    void theLastOfEachThatWasDecidedAboutARolloutIsKnownHaltsOfItsSiblingsToo() {
        commands.give(Command.PAUSE, "d2", "d2~prod~jobs", "bob", "only there", NOW);
        commands.give(Command.PAUSE, "d2", null, "ann", "lunch", NOW.plusSeconds(1));
        commands.give(Command.RESUME, "d2", null, "ann", "back", NOW.plusSeconds(2));
        commands.give(Command.PAUSE, "d2", null, "ann", "coffee", NOW.plusSeconds(3));
        commands.give(Command.RESUME, "d2", null, "ann", "back again", NOW.plusSeconds(4));
        ledger.write(
                find("d2~prod~jobs"),
                Map.of(),
                decision(DeploymentState.HALTED, new Action.Halt("too many")),
                Map.of(),
                NOW.plusSeconds(5));
        assertThat(history.last("d2", "d2~prod~web"))
                .extracting(HistoryEntry::what, HistoryEntry::who, HistoryEntry::reason)
                .containsExactly(
                        tuple("halt", "flotilla", "too many"),
                        tuple("resume", "ann", "back again"),
                        tuple("pause", "ann", "coffee"));
    }

    private Rollout find(String id) {
        return rollouts.find(id).orElseThrow();
    }

    private static Decision decision(DeploymentState state, Action... actions) {
        return new Decision(
                List.of(actions),
                new LinkedHashMap<>(),
                new Counts(1, 0, 0, 0, 0, 0, 0),
                state,
                state == DeploymentState.HALTED ? "too many" : null,
                List.of(),
                false,
                false,
                null,
                null);
    }

    private static Intake.Part part(MachineGroup group) {
        return new Intake.Part(group, List.of("m1", "m2"), 2);
    }

    private static Deployment deployment(long revision) {
        return new Deployment(
                "d" + revision,
                revision,
                "hello",
                "1." + revision,
                new Payload("a".repeat(64), 10),
                new Targets(List.of("m1", "m2"), List.of()),
                RolloutOptions.DEFAULTS,
                "ann",
                NOW,
                null,
                null);
    }
}
