package dev.flotilla.policy.decision.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.policy.decision.Change;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Instant SUNDAY_NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Change CHANGE =
            new Change("hello", "1.10-rc1", new Subject("m42", "east", "web", "fd1", "r1", "shop"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "service == 'hello' && version.endsWith('-rc1')",
                "machine == 'm42' && environment == 'east' && machineFunction == 'web' && faultDomain == 'fd1' && region == 'r1'",
                "tenant == 'shop'",
                "version.matches('^[0-9]+[.][0-9]+-rc[0-9]+$')",
                "machine in ['m1', 'm42']",
                "['web', 'db'].exists(f, f == machineFunction)",
                "now.getDayOfWeek('Europe/Berlin') == 0 && now.getHours('Europe/Berlin') == 13",
                "now < timestamp('2026-12-01T00:00:00Z') && now - timestamp('2026-11-22T00:00:00Z') == duration('12h')"
            })
    void conditionsSpeakOfTheChangeAndTheTime(String text) throws Exception {
        assertThat(Condition.parse(text).holds(CHANGE, SUNDAY_NOON)).isTrue();
    }

    @Test
    void aMachineWithoutTenantHasTheTenantNothing() throws Exception {
        Change owned = new Change("hello", "1", new Subject("m1", "east", "web", "fd1", "r1"));
        assertThat(Condition.parse("tenant == ''").holds(owned, SUNDAY_NOON)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "machine == | 1 | 11 | mismatched input",
                "machne == 'm1' | 1 | 1 | undeclared reference to 'machne'",
                "true && machine == 5 | 1 | 17 | found no matching overload",
                "machine | 1 | 1 | expected type 'bool' but found 'string'",
                "machine.foo() | 1 | 12 | undeclared reference to 'foo'",
                "dyn(machine) == 5 | 1 | 4 | undeclared reference to 'dyn'",
                "machine + machine == 'aa' | 1 | 9 | found no matching overload",
                "[1].map(x, x) == [1] | 1 | 8 | undeclared reference to 'map'"
            })
    void aMistakeIsToldWithItsPosition(String text, int line, int column, String message) {
        ConditionMistake mistake = catchThrowableOfType(ConditionMistake.class, () -> Condition.parse(text));
        assertThat(mistake.getMessage()).contains(message);
        assertThat(mistake.described()).startsWith("line " + line + ", column " + column + ": ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1/0 == 1 | 2 | division by zero",
                "machine == 'm1' && 1 % 0 == 0 | 22 | division by zero",
                "int(version) / 0 == 1 | 14 | division by zero",
                "version.matches('[') | 16 | regex",
                "matches(version, '(') | 8 | regex",
                "now.getHours('Mars/North') == 3 | 13 | Mars/North",
                "now < timestamp('yesterday') | 16 | yesterday",
                "now - timestamp('2026-11-22T00:00:00Z') > duration('long') | 51 | invalid duration",
                "[1, 2].exists(x, x / 0 == 1) | 20 | division by zero",
                "['a'][3] == version | 6 | 3",
                "false && version.matches('[') | 25 | regex"
            })
    void constantsThatSpoilAConditionAreRefusedWhenItIsNew(String text, int column, String message) throws Exception {
        ConditionMistake mistake = catchThrowableOfType(ConditionMistake.class, () -> Condition.parseNew(text));
        assertThat(mistake).as(text).isNotNull();
        assertThat(mistake.getMessage()).contains("whatever is asked", message).doesNotContain("evaluation error");
        assertThat(mistake.column()).isEqualTo(column);
        assertThat(Condition.parse(text))
                .as("one that was stored before goes on to defer")
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int(version) > 3",
                "10 / int(version) == 1",
                "{'east': 1}[environment] == 1",
                "['a', 'b'][int(version)] == 'a'",
                "[1, 0].exists(x, 1 / x == 1)",
                "timestamp(version) < now",
                "version.matches(tenant)",
                "now.getHours(tenant) == 3",
                "now.getHours('Europe/Berlin') == 3 && version.matches('^[0-9]+$')"
            })
    void whatFailsForOddInputsOnlyIsTaken(String text) throws Exception {
        assertThat(Condition.parseNew(text)).isNotNull();
    }

    @Test
    void theSecondLineIsTheSecondLine() {
        ConditionMistake mistake =
                catchThrowableOfType(ConditionMistake.class, () -> Condition.parse("machine == 'm1'\n  || oops"));
        assertThat(mistake.line()).isEqualTo(2);
        assertThat(mistake.column()).isEqualTo(6);
    }

    @Test
    void loopsInsideLoopsAreRefusedWhereTheyCostTooMuch() throws Exception {
        String list = IntStream.range(0, 30).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        String loops = list + ".exists(a, " + list + ".exists(b, " + list + ".exists(c, a + b + c > 1000)))";
        assertThatExceptionOfType(ConditionMistake.class)
                .isThrownBy(() -> Condition.parse(loops))
                .withMessageContaining("costs too much");
        assertThat(Condition.parse(list + ".exists(a, a > 1000)").holds(CHANGE, SUNDAY_NOON))
                .isFalse();
    }

    @Test
    void longAndDeepTextsAreRefused() {
        for (String text : new String[] {
            "true || " + "false || ".repeat(400) + "true",
            "(".repeat(400) + "true" + ")".repeat(400),
            "!".repeat(1900) + "tru"
        }) {
            assertThatExceptionOfType(ConditionMistake.class).isThrownBy(() -> Condition.parse(text));
        }
    }

    @Test
    void whatCantBeEvaluatedFailsAndIsNotFalse() throws Exception {
        Condition condition = Condition.parse("int(version) > 3");
        assertThatExceptionOfType(ConditionFailed.class).isThrownBy(() -> condition.holds(CHANGE, SUNDAY_NOON));
    }

    @Test
    void itIsKnownWhatAConditionReads() throws Exception {
        assertThat(Condition.parse("environment == 'east'").readsMachine()).isFalse();
        assertThat(Condition.parse("machine == 'm1'").readsMachine()).isTrue();
        assertThat(Condition.parse("['m1'].exists(m, m == machine)").readsMachine())
                .isTrue();
        assertThat(Condition.parse("now.getHours() > 3").readsNow()).isTrue();
        assertThat(Condition.parse("service == 'now'").readsNow()).isFalse();
    }
}
