package dev.flotilla.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Schedule.When;
import dev.flotilla.api.policy.Schedule.Window;
import dev.flotilla.api.policy.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Subject SHOPS = new Subject("m1", "east", "web", "fd1", "r1", "shop");

    @Test
    void aPolicyIsAboutWhatAllNamesOfItsSelectorHaveInCommon() {
        Selector selector = new Selector("hello", "east", "web", "r1", "shop", null, null);
        assertThat(decide(SHOPS, policy("p", selector, Effect.DENY)).policy()).isEqualTo("p");
        Subject elsewhere = new Subject("m1", "west", "web", "fd1", "r1", "shop");
        assertThat(decide(elsewhere, policy("p", selector, Effect.DENY)).policy())
                .isNull();
        Subject nobodys = new Subject("m1", "east", "web", "fd1", "r1");
        assertThat(decide(nobodys, policy("p", selector, Effect.DENY)).policy()).isNull();
    }

    @Test
    void aFreezeDefersInsideItsWindowAndAMaintenanceWindowOutside() {
        Rule freeze = scheduled("freeze", When.INSIDE, "11:00", "13:00");
        Rule window = scheduled("window", When.OUTSIDE, "22:00", "04:00");
        assertThat(decide(SHOPS, freeze).until()).isEqualTo("2026-11-22T13:00:00Z");
        assertThat(decide(SHOPS, window).until()).isEqualTo("2026-11-22T22:00:00Z");
        assertThat(decide(SHOPS, scheduled("later", When.INSIDE, "13:00", "14:00"))
                        .policy())
                .isNull();
        Decision both = decide(SHOPS, freeze, window);
        assertThat(both.effect()).isEqualTo(Effect.DEFER);
        assertThat(both.until()).isEqualTo("2026-11-22T22:00:00Z");
    }

    @Test
    void aConditionThatFailsDefersAndNeverLetsThrough() {
        Policy policy = new Policy(Selector.everything(), Effect.ALLOW, "int(version) > 3", null, "why", null, null);
        Decision decision = decide(SHOPS, new PolicyRule("odd", policy));
        assertThat(decision.effect()).isEqualTo(Effect.DEFER);
        assertThat(decision.reason()).contains("'odd'").contains("could not be evaluated");
    }

    @Test
    void conditionsThatCostTooMuchTogetherDefer() {
        String list = IntStream.range(0, 80)
                .mapToObj(Integer::toString)
                .collect(java.util.stream.Collectors.joining(",", "[", "]"));
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Policy policy = new Policy(
                    Selector.everything(),
                    Effect.DENY,
                    list + ".exists(x, x > 1000 && machine == '')",
                    null,
                    "why",
                    null,
                    null);
            rules.add(new PolicyRule("p" + i, policy));
        }
        List<Subject> many = IntStream.range(0, 1_000)
                .mapToObj(i -> new Subject("m" + i, "east", "web", "fd1", "r1"))
                .toList();
        List<Decision> decisions =
                RuleBook.of(1, rules).decide(new DecisionRequest("hello", "1", many), List.of(), NOON);
        assertThat(decisions.getFirst().effect()).isEqualTo(Effect.ALLOW);
        assertThat(decisions.getLast().effect()).isEqualTo(Effect.DEFER);
        assertThat(decisions.getLast().reason()).contains("cost more than");
    }

    @Test
    void anOverrideLiftsWhatItNamesAndSaysWhose() {
        Rule freeze = scheduled("freeze", When.INSIDE, "11:00", "13:00");
        Rule denial = policy("no", Selector.ofEnvironment("east"), Effect.DENY);
        Rule optOut = OptOutRule.of("quiet", new OptOut(null, null, "shop", "holidays", null));
        Decision lifted = decide(SHOPS, freeze, override(null, null, true));
        assertThat(lifted.effect()).isEqualTo(Effect.ALLOW);
        assertThat(lifted.kind()).isEqualTo(Kind.OVERRIDE);
        assertThat(lifted.policy()).isEqualTo("hotfix");
        assertThat(lifted.reason()).contains("ops").contains("a leak").contains("'freeze'");
        assertThat(decide(SHOPS, denial, override(null, null, true)).policy()).isEqualTo("no");
        assertThat(decide(SHOPS, denial, override(List.of("no"), null, null)).effect())
                .isEqualTo(Effect.ALLOW);
        assertThat(decide(SHOPS, optOut, override(List.of("quiet"), null, true)).policy())
                .isEqualTo("quiet");
        assertThat(decide(SHOPS, optOut, override(null, List.of("quiet"), null)).effect())
                .isEqualTo(Effect.ALLOW);
        assertThat(decide(SHOPS, freeze, denial, override(List.of("freeze"), null, null))
                        .policy())
                .isEqualTo("no");
    }

    @Test
    void anOpenMaintenanceRequestStandsAgainstAllButTheRolloutThatAsks() {
        OpenRequest open = new OpenRequest("shop", "job", "r9", Set.of("m1"), "not yet", null);
        RuleBook book = RuleBook.of(1, List.of(override(null, null, true)));
        for (String rollout : new String[] {"r9", "r8", null}) {
            DecisionRequest request = new DecisionRequest("hello", "1", List.of(SHOPS), null, rollout);
            assertThat(book.decide(request, List.of(open), NOON).getFirst().effect())
                    .isEqualTo("r9".equals(rollout) ? Effect.ALLOW : Effect.DEFER);
        }
    }

    @RepeatedTest(100)
    void theIndexFindsWhatEachRuleAloneFinds(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Rule> rules = IntStream.range(0, 1 + random.nextInt(12))
                .<Rule>mapToObj(i -> new PolicyRule(
                        "p" + i,
                        new Policy(
                                selector(random),
                                Effect.values()[random.nextInt(3)],
                                random.nextInt(3) == 0 ? "machine == 'm1' || faultDomain == 'fd1'" : null,
                                null,
                                "why",
                                null,
                                null)))
                .toList();
        List<Subject> subjects = IntStream.range(0, 20)
                .mapToObj(i -> new Subject(
                        "m" + random.nextInt(3),
                        "e" + random.nextInt(2),
                        "f" + random.nextInt(2),
                        "fd" + random.nextInt(2),
                        "r" + random.nextInt(2),
                        random.nextBoolean() ? null : "t" + random.nextInt(2)))
                .toList();
        DecisionRequest request = new DecisionRequest("s1", "1", subjects);
        List<Decision> decisions = RuleBook.of(1, rules).decide(request, List.of(), NOON);
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            List<Verdict> alone = rules.stream()
                    .filter(rule -> Specificity.matches(rule.selector(), "s1", subject))
                    .map(rule -> new RuleReading(NOON).verdict(rule, new Change("s1", "1", subject)))
                    .filter(java.util.Objects::nonNull)
                    .toList();
            assertThat(decisions.get(i))
                    .as("seed %d, %s", repetition.getCurrentRepetition(), subject)
                    .isEqualTo(DecisionRule.decide(subject.machine(), alone, List.of()));
        }
    }

    private static Selector selector(Random random) {
        if (random.nextInt(6) == 0) {
            return Selector.everything();
        }
        return new Selector(
                some(random, "s"),
                some(random, "e"),
                some(random, "f"),
                some(random, "r"),
                some(random, "t"),
                some(random, "m"),
                null);
    }

    private static @Nullable String some(Random random, String prefix) {
        return random.nextInt(3) == 0 ? prefix + random.nextInt(2) : null;
    }

    private static Decision decide(Subject subject, Rule... rules) {
        return RuleBook.of(1, List.of(rules))
                .decide(new DecisionRequest("hello", "1.0", List.of(subject)), List.of(), NOON)
                .getFirst();
    }

    private static Rule policy(String name, Selector selector, Effect effect) {
        return new PolicyRule(name, new Policy(selector, effect, null, null, "why", null, null));
    }

    private static Rule scheduled(String name, When when, String from, String to) {
        Schedule schedule = new Schedule("UTC", List.of(Window.daily(from, to)), when);
        return new PolicyRule(name, new Policy(Selector.everything(), Effect.DEFER, null, schedule, "why", null, null));
    }

    private static Rule override(
            @Nullable List<String> policies, @Nullable List<String> optOuts, @Nullable Boolean allDeferrals) {
        return OverrideRule.of(
                "hotfix",
                new PolicyOverride(
                        Selector.everything(), policies, optOuts, allDeferrals, "a leak", "ops", NOON.plusSeconds(60)));
    }
}
