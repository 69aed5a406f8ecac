package dev.flotilla.orchestrator.rollout;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.Targets;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.platform.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The deployment d2 in a database of its own: rollouts d2~prod~web and d2~prod~jobs, machines m1 and m2 in each. */
class StoredRollouts {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final MachineGroup WEB = new MachineGroup("prod", "web");
    static final MachineGroup JOBS = new MachineGroup("prod", "jobs");

    private final TestDatabase database = TestDatabase.create();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(database.url(), database.username(), database.password());
    final JdbcClient jdbc = JdbcClient.create(source);
    final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    final Ticks ticks = new Ticks(jdbc, InstantSource.fixed(NOW));
    final OrderBook orders = new OrderBook(jdbc);
    final DecisionFence fence = new DecisionFence(jdbc);
    final Rollouts rollouts = new Rollouts(jdbc);
    final History history = new History(jdbc);
    final Intake intake = new Intake(jdbc, transaction, ticks, history);
    final DeploymentStates deployments = new DeploymentStates(jdbc, ticks, history);
    final Rollbacks rollbacks = new Rollbacks(jdbc, transaction, history, deployments);
    final PolicyRefusals policies = new PolicyRefusals(jdbc);
    final Ledger ledger = new Ledger(
            jdbc, transaction, orders, deployments, new SelfHalts(deployments, history, rollbacks), policies);
    final Commands commands =
            new Commands(transaction, new CommandedRollouts(jdbc, rollbacks), deployments, history, ticks);

    @BeforeEach
    void migrate() {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/orchestrator-service")
                .load()
                .migrate();
        intake.take(0, deployment(2), List.of(part(WEB), part(JOBS)), NOW);
    }

    Rollout find(String id) {
        return rollouts.find(id).orElseThrow();
    }

    static Decision decision(DeploymentState state, Action... actions) {
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

    static Intake.Part part(MachineGroup group) {
        return new Intake.Part(group, List.of("m1", "m2"), 2);
    }

    static Deployment deployment(long revision) {
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
