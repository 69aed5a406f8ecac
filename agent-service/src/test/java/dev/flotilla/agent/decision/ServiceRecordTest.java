package dev.flotilla.agent.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.agent.OrderReceipt;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.upload.Payload;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServiceRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void anOrderGoesItsWayAndTheReleaseBeforeItIsKept() {
        ServiceRecord one = done(ServiceRecord.EMPTY.accept(order("a", "1", 1, 1)));
        ServiceRecord two = done(one.accept(order("b", "2", 1, 2)));

        assertThat(two.current()).isEqualTo(release("2"));
        assertThat(two.previous()).isEqualTo(release("1"));
        assertThat(two.needed()).containsExactlyInAnyOrder(release("1"), release("2"));
    }

    @Test
    void aFailureChangesNothingButTheOrder() {
        ServiceRecord one = done(ServiceRecord.EMPTY.accept(order("a", "1", 1, 1)));
        ServiceRecord failed =
                one.accept(order("b", "2", 1, 2)).at(OrderPhase.FETCHING).failed("no bytes");

        assertThat(failed.current()).isEqualTo(release("1"));
        assertThat(failed.reason()).isEqualTo("no bytes");
        assertThat(failed.needed()).containsExactly(release("1"));
    }

    @Test
    void anOrderCannotJump() {
        ServiceRecord accepted = ServiceRecord.EMPTY.accept(order("a", "1", 1, 1));
        assertThatThrownBy(() -> accepted.at(OrderPhase.SWITCHING)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> done(accepted).at(OrderPhase.FAILED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ServiceRecord.EMPTY.at(OrderPhase.DONE)).isInstanceOf(IllegalStateException.class);
        ServiceRecord fetched = accepted.at(OrderPhase.FETCHING).at(OrderPhase.FETCHED);
        assertThatThrownBy(() -> fetched.at(OrderPhase.SWITCHING))
                .as("it takes a fresh order")
                .isInstanceOf(IllegalStateException.class);
        assertThat(fetched.accept(order("b", "1", 1, 1)).receipt("a"))
                .contains(new OrderReceipt("a", OrderPhase.FETCHED));
    }

    @Test
    void ordersAreJudgedByTimeEpochAndRevision() {
        ServiceRecord record = ServiceRecord.EMPTY.accept(order("a", "1", 5, 10));

        assertThat(judge(order("b", "2", 5, 10), record)).isEqualTo(new Admission.Admitted());
        assertThat(judge(order("b", "2", 6, 11), record)).isEqualTo(new Admission.Admitted());
        assertThat(judge(order("b", "2", 4, 11), record))
                .as("a newer revision counts, whoever has the lease")
                .isEqualTo(new Admission.Admitted());
        assertThat(refusal(order("b", "2", 4, 10), record)).isEqualTo(Admission.Refusal.OLDER_EPOCH);
        assertThat(refusal(order("b", "2", 5, 9), record)).isEqualTo(Admission.Refusal.OLDER_REVISION);
        assertThat(Admission.judge(order("b", "2", 5, 10), record, NOW.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Admission.Refusal.EXPIRED));
    }

    @Test
    void inAnotherGroupAnOlderDeploymentMayBeTheNewest() {
        ServiceRecord record = ServiceRecord.EMPTY.accept(in("prod~web", order("a", "1", 5, 10)));

        assertThat(refusal(order("b", "2", 6, 9), record))
                .as("where it is not known, it has not moved")
                .isEqualTo(Admission.Refusal.OLDER_REVISION);
        assertThat(judge(in("prod~api", order("b", "2", 6, 9)), record)).isEqualTo(new Admission.Admitted());
        assertThat(refusal(in("prod~api", order("b", "2", 4, 11)), record)).isEqualTo(Admission.Refusal.OLDER_EPOCH);
    }

    @Test
    void aRepeatedOrderGetsItsAnswerWhateverCameAfterIt() {
        ServiceRecord record = done(ServiceRecord.EMPTY.accept(order("a", "1", 5, 10)))
                .accept(order("b", "2", 6, 11))
                .accept(order("c", "3", 6, 12));

        assertThat(Admission.judge(order("a", "1", 5, 10), record, NOW.plusSeconds(1000)))
                .isEqualTo(new Admission.Repeated(new OrderReceipt("a", OrderPhase.DONE)));
        assertThat(judge(order("b", "2", 6, 11), record))
                .isEqualTo(new Admission.Repeated(new OrderReceipt("b", OrderPhase.FAILED)));
        assertThat(judge(order("c", "3", 6, 12), record))
                .isEqualTo(new Admission.Repeated(new OrderReceipt("c", OrderPhase.ACCEPTED)));
    }

    @Test
    void theBackoffDoublesUpToItsLimitAndBeginsAnewAfterAWhile() {
        SupervisionRules rules = new SupervisionRules(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                5);
        Backoff backoff = Backoff.NONE;
        for (int expected : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            backoff = backoff.failed(Duration.ZERO, NOW, 1, rules);
            assertThat(backoff.notBefore()).isEqualTo(NOW.plusSeconds(expected));
        }
        assertThat(backoff.crashLoop(rules)).isTrue();
        for (int i = 0; i < 100; i++) {
            backoff = backoff.failed(Duration.ZERO, NOW, 1, rules);
        }
        assertThat(backoff.notBefore()).isEqualTo(NOW.plusSeconds(60));
        assertThat(backoff.failed(Duration.ZERO, NOW, 0, rules).notBefore()).isEqualTo(NOW.plusSeconds(45));
        backoff = backoff.failed(Duration.ofSeconds(60), NOW, 1, rules);
        assertThat(backoff).isEqualTo(new Backoff(1, NOW.plusSeconds(1)));
    }

    private static Admission judge(Order order, ServiceRecord record) {
        return Admission.judge(order, record, NOW);
    }

    private static Admission.Refusal refusal(Order order, ServiceRecord record) {
        return ((Admission.Refused) judge(order, record)).refusal();
    }

    private static ServiceRecord done(ServiceRecord accepted) {
        return accepted.at(OrderPhase.FETCHING).at(OrderPhase.SWITCHING).at(OrderPhase.DONE);
    }

    private static Release release(String version) {
        return new Release(version, new Payload(version.repeat(64), 10));
    }

    private static Order in(String group, Order order) {
        return new Order(
                order.id(),
                order.machine(),
                order.service(),
                order.version(),
                order.payload(),
                order.epoch(),
                order.revision(),
                order.issuedAt(),
                order.notAfter(),
                order.deployment(),
                group,
                order.ahead());
    }

    private static Order order(String id, String version, long epoch, long revision) {
        return new Order(
                id,
                "m1",
                "hello",
                version,
                release(version).payload(),
                epoch,
                revision,
                NOW.minusSeconds(1),
                NOW.plusSeconds(60),
                null);
    }
}
