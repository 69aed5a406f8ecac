package dev.flotilla.orchestrator.act;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Answers;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Goal;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.OrderIds;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Pace;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.observe.Observation;
import dev.flotilla.orchestrator.observe.PaceProperties;
import dev.flotilla.orchestrator.rollout.DecisionFence;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.platform.orders.OrderSigner;
import dev.flotilla.platform.orders.OrderVerifier;
import dev.flotilla.platform.testing.TestDatabase;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class OrderSigningTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration VALIDITY = Duration.ofSeconds(30);
    private static final String ID = "d7~prod~web";
    private final TestDatabase database = TestDatabase.create();
    private final DriverManagerDataSource source =
            new DriverManagerDataSource(database.url(), database.username(), database.password());
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final Rollouts rollouts = new Rollouts(jdbc);
    private final DecisionFence fence = new DecisionFence(jdbc);
    private final JsonMapper json = JsonMapper.builder().build();
    private final KeyPair keys = keys();
    private Instant now = NOW;
    private OrderSigning signing;

    @BeforeEach
    void begin() {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/orchestrator-service")
                .load()
                .migrate();
        jdbc.sql("""
                insert into deployment (id, revision, service, version, sha256, size, options, declared_by, declared_at, started_at, state)
                values ('d7', 7, 'hello', '2.0', repeat('a', 64), 10, '{}', 'ann', now(), now(), 'ROLLING_OUT')
                """).update();
        jdbc.sql("""
                insert into rollout (id, deployment, revision, service, environment, machine_function, state, epoch, started_at,
                    progressed_at)
                values (:id, 'd7', 7, 'hello', 'prod', 'web', 'ROLLING_OUT', 5, now(), now())
                """).param("id", ID).update();
        Duration none = Duration.ZERO;
        PaceProperties pace = new PaceProperties(none, none, none, none, DataSize.ofMegabytes(1), none, VALIDITY, none);
        signing = new OrderSigning(fence, new OrderSigner(keys.getPrivate(), json), pace, () -> now);
    }

    @Test
    void anOrderIsSignedWhenItIsSentAndLapsesSoonAfterItsRulesWereAsked() {
        now = NOW.plusSeconds(2);
        Order order = order(5).orElseThrow();
        assertThat(order.id()).isEqualTo(OrderIds.of(ID, "m1", 1));
        assertThat(order.epoch()).isEqualTo(5);
        assertThat(order.issuedAt()).isEqualTo(NOW.plusSeconds(2));
        assertThat(order.notAfter()).isEqualTo(NOW.plus(VALIDITY));
    }

    @Test
    void anOrderThatWasWrittenBeforeAHaltIsNotSentAfterIt() {
        Observation observed = observed();
        jdbc.sql("update rollout set state = 'HALTED', epoch = 6").update();
        assertThat(order(observed, 5)).isEmpty();
        assertThat(order(observed, 6)).isEmpty();
    }

    @Test
    void anOrderIsNotSentOnceSomeoneElseHasDecided() {
        Observation observed = observed();
        jdbc.sql("update rollout set epoch = 6").update();
        assertThat(order(observed, 5)).isEmpty();
    }

    @Test
    void whoWasPausedForTooLongSendsNothing() {
        now = NOW.plus(VALIDITY);
        assertThat(order(5)).isEmpty();
    }

    private Optional<Order> order(long epoch) {
        return order(observed(), epoch);
    }

    private Optional<Order> order(Observation observed, long epoch) {
        OrderRecord record = new OrderRecord(
                "m1",
                1,
                OrderIds.of(ID, "m1", 1),
                OrderState.PENDING,
                0,
                1,
                NOW,
                NOW.plusSeconds(60),
                NOW,
                false,
                false,
                "r1",
                null);
        return signing.sign(observed, record, epoch).map(new OrderVerifier(keys.getPublic(), json)::verify);
    }

    private Observation observed() {
        Rollout rollout = rollouts.find(ID).orElseThrow();
        RolloutView view = new RolloutView(
                ID,
                "prod~web",
                new Goal("d7", 7, "hello", "2.0", rollout.payload().sha256(), 1000),
                new Course(DeploymentState.ROLLING_OUT, null, null, NOW, null),
                Limits.of(rollout.options()),
                new Pace(VALIDITY, VALIDITY, VALIDITY, VALIDITY, VALIDITY, VALIDITY, VALIDITY, VALIDITY),
                List.of(),
                Elsewhere.NOTHING,
                Answers.NONE,
                List.of(),
                NOW);
        return new Observation(rollout, view, Map.of(), Map.of(), NOW);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
