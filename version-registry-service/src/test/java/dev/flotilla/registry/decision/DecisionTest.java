package dev.flotilla.registry.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.registry.fleet.Fleet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final RunningReport V1 = RunningReport.running("1");
    private static final RunningReport V2 = RunningReport.running("2");

    private final Fleet fleet = new Fleet();
    private long head;

    @Test
    void aMachineThatIsNewIsBackAndThenRunsSomething() {
        assertThat(decide(new Statement.OneService("m1", "shop", V1)))
                .containsExactly("1 BACK m1", "2 SERVICE m1 shop: null > 1");
    }

    @Test
    void sayingTheSameAgainChangesNothing() {
        decide(new Statement.OneService("m1", "shop", V1));

        assertThat(decide(new Statement.OneService("m1", "shop", V1))).isEmpty();
        assertThat(decide(new Statement.WholeMachine("m1", Map.of("shop", V1)))).isEmpty();
    }

    @Test
    void statementsInOneGoBuildUponEachOther() {
        assertThat(decide(
                        new Statement.OneService("m1", "shop", V1),
                        new Statement.OneService("m1", "shop", V2),
                        new Statement.OneService("m1", "shop", V1),
                        new Statement.OneService("m1", "shop", V1)))
                .containsExactly(
                        "1 BACK m1",
                        "2 SERVICE m1 shop: null > 1",
                        "3 SERVICE m1 shop: 1 > 2",
                        "4 SERVICE m1 shop: 2 > 1");
    }

    @Test
    void aServiceThatIsNotListedIsGoneAndStaysGone() {
        decide(new Statement.WholeMachine("m1", Map.of("shop", V1, "mail", V1)));

        assertThat(decide(new Statement.WholeMachine("m1", Map.of("mail", V1))))
                .containsExactly("4 SERVICE m1 shop: 1 > null");
        assertThat(decide(new Statement.WholeMachine("m1", Map.of("mail", V1)))).isEmpty();
    }

    @Test
    void aServiceComesAndGoesInOneGo() {
        assertThat(decide(
                        new Statement.WholeMachine("m1", Map.of("shop", V1)),
                        new Statement.WholeMachine("m1", Map.of()),
                        new Statement.WholeMachine("m1", Map.of())))
                .containsExactly("1 BACK m1", "2 SERVICE m1 shop: null > 1", "3 SERVICE m1 shop: 1 > null");
    }

    @Test
    void aMachineIsLostOnceAndBackOnce() {
        decide(new Statement.OneService("m1", "shop", V1));
        Statement silence = new Statement.NotHeardOf("m1", AT);

        assertThat(decide(silence, silence)).containsExactly("3 LOST m1");
        assertThat(decide(silence)).isEmpty();
        assertThat(decide(new Statement.OneService("m1", "shop", V1))).containsExactly("4 BACK m1");
    }

    @Test
    void silenceOfAMachineThatNobodyKnowsIsNothing() {
        assertThat(decide(new Statement.NotHeardOf("m1", AT))).isEmpty();
    }

    @Test
    void everyFieldCounts() {
        OrderProgress order = new OrderProgress("o", "1", OrderPhase.FETCHING, null);
        decide(new Statement.OneService("m1", "shop", V1));

        for (RunningReport other : List.of(
                new RunningReport("1", RunState.CRASHED, null, 0, null, null),
                new RunningReport("1", RunState.RUNNING, "ab".repeat(32), 0, null, null),
                new RunningReport("1", RunState.RUNNING, null, 1, null, null),
                new RunningReport("1", RunState.RUNNING, null, 0, AT, null),
                new RunningReport("1", RunState.RUNNING, null, 0, null, order),
                new RunningReport(null, null, null, 0, null, order))) {
            assertThat(decide(new Statement.OneService("m1", "shop", other))).hasSize(1);
            assertThat(decide(new Statement.OneService("m1", "shop", other))).isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterwardsTheFleetIsWhatWasSaidLast(long seed) {
        Random random = new Random(seed);
        Map<String, Map<String, RunningReport>> said = new HashMap<>();
        for (int round = 0; round < 200; round++) {
            Statement[] statements = new Statement[1 + random.nextInt(5)];
            for (int i = 0; i < statements.length; i++) {
                statements[i] = anyStatement(random);
                remember(said, statements[i]);
            }
            decide(statements);
            said.forEach((machine, services) -> assertThat(decide(new Statement.WholeMachine(machine, services)))
                    .filteredOn(change -> !change.contains("BACK"))
                    .isEmpty());
        }
    }

    private static void remember(Map<String, Map<String, RunningReport>> said, Statement statement) {
        switch (statement) {
            case Statement.OneService one ->
                said.computeIfAbsent(one.machine(), _ -> new HashMap<>()).put(one.service(), one.report());
            case Statement.WholeMachine whole -> said.put(whole.machine(), new HashMap<>(whole.services()));
            case Statement.NotHeardOf _ -> {}
        }
    }

    private static Statement anyStatement(Random random) {
        String machine = "m" + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> new Statement.NotHeardOf(machine, AT);
            case 1 ->
                new Statement.WholeMachine(
                        machine, Map.of("s" + random.nextInt(3), anyReport(random), "s9", anyReport(random)));
            default -> new Statement.OneService(machine, "s" + random.nextInt(3), anyReport(random));
        };
    }

    private static RunningReport anyReport(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new RunningReport(null, null, null, 0, null, null);
            case 1 -> new RunningReport("1", RunState.CRASHED, null, random.nextInt(3), null, null);
            default -> RunningReport.running("v" + random.nextInt(3));
        };
    }

    private List<String> decide(Statement... statements) {
        Decision decision = new Decision(fleet, head, AT);
        for (Statement statement : statements) {
            decision.on(statement);
        }
        decision.changes().forEach(fleet::apply);
        head += decision.changes().size();
        return decision.changes().stream().map(DecisionTest::inWords).toList();
    }

    private static String inWords(Change change) {
        String what = change.seq() + " " + change.kind() + " " + change.machine();
        return change.running() == null
                ? what
                : what + " " + change.running().service() + ": " + change.previousVersion() + " > "
                        + change.running().version();
    }
}
