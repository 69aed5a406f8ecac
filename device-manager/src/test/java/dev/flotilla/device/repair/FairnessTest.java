package dev.flotilla.device.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.device.Claims.Answer;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.device.testing.TestFleet;
import dev.flotilla.platform.testing.ServiceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class FairnessTest {
    private static final int MACHINES = 12;
    private static final int DOMAINS = 3;
    private static final int HOLDERS = 20;
    private static final int MOST_STEPS = 4_000;

    @Autowired
    Claiming claiming;

    @Autowired
    Leases leases;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void machines() {
        TestFleet.clear(jdbc);
        TestFleet.group(jdbc, MACHINES, DOMAINS);
        TestFleet.limit(jdbc, "3");
    }

    /** A rollout: all machines, fault domain by fault domain in an order of its own, some at a time. */
    private final class Holder {
        final String name;
        final List<List<String>> domains = new ArrayList<>();
        final List<String> held = new ArrayList<>();

        Holder(int number, Random random) {
            name = "h" + number;
            for (int domain = 1; domain <= DOMAINS; domain++) {
                List<String> machines = new ArrayList<>();
                for (int i = domain; i <= MACHINES; i += DOMAINS) {
                    machines.add("m" + i);
                }
                domains.add(machines);
            }
            Collections.shuffle(domains, random);
        }

        boolean finished() {
            return domains.isEmpty() && held.isEmpty();
        }

        void step(Random random) {
            if (!held.isEmpty() && random.nextInt(3) > 0) {
                int ends = 1 + random.nextInt(held.size());
                close(name, held.subList(0, ends));
                held.subList(0, ends).clear();
            } else if (!domains.isEmpty()) {
                List<String> left = domains.getFirst();
                List<String> asked = left.subList(0, Math.min(left.size(), 1 + random.nextInt(4)));
                for (Answer answer : claim(name, asked.toArray(String[]::new))) {
                    if (answer.granted()) {
                        held.add(String.valueOf(answer.repair()));
                        left.remove(answer.machine());
                    }
                }
                if (left.isEmpty()) {
                    domains.removeFirst();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void ofTwentyRolloutsAllFinish(long seed) {
        Random random = new Random(seed);
        List<Holder> holders =
                IntStream.range(0, HOLDERS).mapToObj(i -> new Holder(i, random)).toList();
        int steps = 0;
        while (holders.stream().anyMatch(holder -> !holder.finished()) && steps < MOST_STEPS) {
            TestFleet.setClock(jdbc, Duration.ofMillis(300L * steps++));
            List<Holder> open = holders.stream().filter(h -> !h.finished()).toList();
            open.get(random.nextInt(open.size())).step(random);
        }
        assertThat(holders.stream().filter(holder -> !holder.finished()).map(holder -> holder.name))
                .as("who has not finished after %d steps, seed %d", steps, seed)
                .isEmpty();
        assertThat(TestFleet.wrongCounters(jdbc)).isZero();
    }

    @Test
    void twoThatKeepAFaultDomainBusyDontKeepOutAThird() {
        assertThat(roundsUntilTheThirdIsIn()).isLessThan(4);
    }

    @Test
    void withoutTheRuleTheyWould() {
        String definition = jdbc.sql("select pg_get_functiondef('rival'::regproc)")
                .query(String.class)
                .single();
        jdbc.sql("""
                create or replace function rival(p_environment text, p_function text, p_domain text, p_holder text)
                returns text language sql stable as 'select null::text'
                """).update();
        try {
            assertThat(roundsUntilTheThirdIsIn()).isEqualTo(30);
        } finally {
            jdbc.sql(definition).update();
        }
    }

    @Test
    void whoMendsByForceHasTheLimitInTurnWithAllOthers() {
        TestFleet.limit(jdbc, "1");
        List<String> storm = granted(force("storm", "m1"));
        assertThat(refusal(force("mender", "m2"))).isEqualTo("max-unavailable");
        close("storm", storm);
        Answer again = force("storm", "m1");
        assertThat(refusal(again)).isEqualTo("fairness");
        assertThat(again.reason()).contains("mender has waited longer", "for the limit of");
        assertThat(claim("rollout", "m3").getFirst().rule())
                .as("elective work waits its turn too")
                .isEqualTo("fairness");
        List<String> mended = granted(force("mender", "m2"));
        assertThat(mended).hasSize(1);
        close("mender", mended);
        assertThat(refusal(force("mender", "m5"))).isEqualTo("fairness");
        assertThat(granted(force("storm", "m1"))).hasSize(1);
    }

    private Answer force(String holder, String machine) {
        return claiming.claim(RulesTest.request(holder, true, null, machine), holder)
                .answers()
                .getFirst();
    }

    private static String refusal(Answer answer) {
        return String.valueOf(answer.rule());
    }

    private static List<String> granted(Answer answer) {
        return answer.granted() ? List.of(String.valueOf(answer.repair())) : List.of();
    }

    /** One of the two begins before the other ends, again and again. */
    private int roundsUntilTheThirdIsIn() {
        List<String> before = List.of();
        String holderBefore = "b";
        for (int round = 0; round < 30; round++) {
            String holder = round % 2 == 0 ? "a" : "b";
            List<Answer> answers = claim(holder, round % 2 == 0 ? "m1" : "m4");
            if (!before.isEmpty()) {
                close(holderBefore, before);
            }
            before = answers.stream()
                    .filter(Answer::granted)
                    .map(answer -> String.valueOf(answer.repair()))
                    .toList();
            holderBefore = holder;
            if (claim("third", "m2").getFirst().granted()) {
                return round;
            }
        }
        return 30;
    }

    private List<Answer> claim(String holder, String... machines) {
        return claiming.claim(RulesTest.request(holder, false, null, machines), holder)
                .answers();
    }

    private void close(String holder, List<String> repairs) {
        List<Closing> closings = repairs.stream()
                .map(id -> new Closing(id, RepairState.DONE, "over"))
                .toList();
        leases.close(new ClosingRequest(holder, closings), holder, holder);
    }
}
