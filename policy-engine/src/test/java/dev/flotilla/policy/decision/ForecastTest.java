package dev.flotilla.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.Outlook;
import dev.flotilla.api.policy.Outlook.Change;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Schedule.When;
import dev.flotilla.api.policy.Schedule.Window;
import dev.flotilla.api.policy.Selector;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What rules will say. */
class ForecastTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Subject M1 = new Subject("m1", "east", "web", "fd1", "r1");
    private static final Subject M2 = new Subject("m2", "east", "web", "fd2", "r1");

    @Test
    void aFreezeToComeIsSeenWithItsEnd() {
        Outlook outlook = only(freeze("weekend", "2026-11-22T17:00", "2026-11-24T08:00"));
        assertThat(outlook.changes())
                .extracting(Change::at, Change::effect, Change::policy, Change::until)
                .containsExactly(
                        tuple(at("17:00"), Effect.DEFER, "weekend", Instant.parse("2026-11-24T08:00:00Z")),
                        tuple(Instant.parse("2026-11-24T08:00:00Z"), Effect.ALLOW, null, null));
        assertThat(outlook.knownUntil()).isEqualTo(NOON.plus(Forecast.HORIZON));
        assertThat(outlook.unforeseen()).isEmpty();
    }

    @Test
    void aWindowThatComesAgainIsFollowedAsFarAsIsWorthwhileAndByTheClockOnTheWall() {
        Schedule nights = new Schedule("Europe/Berlin", List.of(Window.daily("22:00", "04:00")), When.OUTSIDE);
        Outlook outlook = only(new PolicyRule(
                "nights", new Policy(Selector.everything(), Effect.DEFER, null, nights, "by night", null, null)));
        assertThat(outlook.changes())
                .extracting(Change::effect, Change::at)
                .startsWith(
                        tuple(Effect.ALLOW, at("21:00")),
                        tuple(Effect.DEFER, Instant.parse("2026-11-23T03:00:00Z")),
                        tuple(Effect.ALLOW, Instant.parse("2026-11-23T21:00:00Z")));
        assertThat(outlook.knownUntil()).isEqualTo("2026-12-13T21:00:00Z");
        Instant spring = Instant.parse("2027-03-27T12:00:00Z");
        assertThat(outlooks(spring, List.of(M1), berlin("22:00", "04:00"))
                        .getFirst()
                        .changes())
                .extracting(Change::at)
                .as("clocks are put forward in that night")
                .startsWith(Instant.parse("2027-03-27T21:00:00Z"), Instant.parse("2027-03-28T02:00:00Z"));
    }

    @Test
    void optOutsAndOverridesAreSeenToEnd() {
        Rule optOut = OptOutRule.of("show", new OptOut("m1", null, "on show", at("13:00")));
        PolicyOverride lifting = new PolicyOverride(
                new Selector(null, null, null, null, null, "m2", null), null, null, true, "a leak", "ops", at("14:00"));
        Rule freeze = freeze("long", "2026-11-01T00:00", "2026-12-31T00:00");
        List<Outlook> outlooks = outlooks(NOON, List.of(M1, M2), optOut, freeze, OverrideRule.of("emergency", lifting));
        assertThat(outlooks).extracting(Outlook::machines).containsExactly(List.of("m1"), List.of("m2"));
        assertThat(outlooks)
                .flatExtracting(Outlook::changes)
                .extracting(Change::at, Change::effect, Change::policy)
                .containsExactly(tuple(at("13:00"), Effect.DEFER, "long"), tuple(at("14:00"), Effect.DEFER, "long"));
    }

    @Test
    void machinesThatFareAlikeAreToldTogether() {
        Rule one = OptOutRule.of("show", new OptOut("m3", null, "on show", at("13:00")));
        Subject m3 = new Subject("m3", "east", "web", "fd1", "r1");
        assertThat(outlooks(NOON, List.of(M1, m3, M2), one))
                .extracting(Outlook::machines, outlook -> outlook.changes().size())
                .containsExactly(tuple(List.of("m1", "m2"), 0), tuple(List.of("m3"), 1));
    }

    @Test
    void aConditionOverTheTimeIsReadWhereOtherRulesChangeAndNamedAsUnforeseen() {
        Rule late = new PolicyRule(
                "late",
                new Policy(
                        Selector.everything(),
                        Effect.DEFER,
                        "now > timestamp('2026-11-22T15:00:00Z')",
                        null,
                        "late",
                        null,
                        null));
        Outlook alone = only(late);
        assertThat(alone.changes()).isEmpty();
        assertThat(alone.unforeseen()).containsExactly("late");
        assertThat(only(late, freeze("tea", "2026-11-22T16:00", "2026-11-22T16:30"))
                        .changes())
                .extracting(Change::at, Change::effect)
                .as("found at the next moment that is looked at")
                .containsExactly(tuple(at("16:00"), Effect.DEFER));
    }

    @Test
    void aRequestThatWaitsForATenantCountsUntilItsDeadline() {
        OpenRequest open = new OpenRequest("shop", "j", "d1", Set.of("m1"), "asked", at("12:15"));
        DecisionRequest request = new DecisionRequest("hello", "1", List.of(M1));
        RuleBook book = RuleBook.of(1, List.of());
        List<Decision> first = book.decide(request, List.of(open), NOON);
        assertThat(first.getFirst().effect()).isEqualTo(Effect.DEFER);
        assertThat(book.outlooks(request, List.of(open), first, NOON).getFirst().changes())
                .extracting(Change::at, Change::effect)
                .containsExactly(tuple(at("12:15"), Effect.ALLOW));
    }

    /** Decided anew at random moments, all is as it was foreseen. */
    @RepeatedTest(200)
    void whatIsForeseenComes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            rules.add(rule("r" + i, random));
        }
        RuleBook book = RuleBook.of(1, rules);
        DecisionRequest request = new DecisionRequest("hello", "1", List.of(M1, M2));
        List<Decision> first = book.decide(request, List.of(), NOON);
        for (Outlook outlook : book.outlooks(request, List.of(), first, NOON)) {
            for (int probe = 0; probe < 50; probe++) {
                Instant moment = NOON.plusSeconds(random.nextInt(40 * 86_400));
                if (moment.isBefore(outlook.knownUntil())) {
                    compare(book.decide(request, List.of(), moment), first, outlook, moment);
                }
            }
        }
    }

    private static void compare(List<Decision> then, List<Decision> first, Outlook outlook, Instant moment) {
        for (Decision decision : then) {
            if (outlook.machines().contains(decision.machine())) {
                @Nullable
                Change foreseen = outlook.changes().stream()
                        .filter(change -> !change.at().isAfter(moment))
                        .max(Comparator.comparing(Change::at))
                        .orElse(null);
                Decision known = foreseen == null
                        ? first.stream()
                                .filter(each -> each.machine().equals(decision.machine()))
                                .findFirst()
                                .orElseThrow()
                        : new Decision(
                                decision.machine(),
                                foreseen.effect(),
                                foreseen.reason(),
                                foreseen.policy(),
                                foreseen.kind(),
                                foreseen.until());
                assertThat(decision).as("at " + moment).isEqualTo(known);
            }
        }
    }

    private static Rule rule(String name, Random random) {
        Instant until = random.nextBoolean() ? null : NOON.plusSeconds(1 + random.nextInt(20 * 86_400));
        Selector selector = new Selector(null, null, null, null, null, random.nextInt(3) == 0 ? "m1" : null, null);
        Selector some = selector.machine() == null ? Selector.everything() : selector;
        return switch (random.nextInt(4)) {
            case 0 -> OptOutRule.of(name, new OptOut("m" + (1 + random.nextInt(2)), null, "away", until));
            case 1 ->
                OverrideRule.of(
                        name,
                        new PolicyOverride(
                                some,
                                null,
                                null,
                                true,
                                "why",
                                "ops",
                                Objects.requireNonNullElse(until, NOON.plusSeconds(5))));
            default -> {
                int from = random.nextInt(24);
                Schedule schedule = new Schedule(
                        random.nextBoolean() ? "Europe/Berlin" : "America/New_York",
                        List.of(Window.daily(
                                String.format("%02d:00", from),
                                String.format("%02d:30", (from + 1 + random.nextInt(20)) % 24))),
                        random.nextBoolean() ? When.INSIDE : When.OUTSIDE);
                yield new PolicyRule(
                        name,
                        new Policy(
                                some,
                                random.nextInt(4) == 0 ? Effect.DENY : Effect.DEFER,
                                null,
                                schedule,
                                "why",
                                until,
                                null));
            }
        };
    }

    private static Outlook only(Rule... rules) {
        List<Outlook> outlooks = outlooks(NOON, List.of(M1, M2), rules);
        assertThat(outlooks).hasSize(1);
        return outlooks.getFirst();
    }

    private static List<Outlook> outlooks(Instant now, List<Subject> machines, Rule... rules) {
        RuleBook book = RuleBook.of(1, List.of(rules));
        DecisionRequest request = new DecisionRequest("hello", "1", machines);
        return book.outlooks(request, List.of(), book.decide(request, List.of(), now), now);
    }

    private static Rule freeze(String name, String start, String end) {
        Window window = Window.once(LocalDateTime.parse(start), LocalDateTime.parse(end));
        Schedule schedule = new Schedule("UTC", List.of(window), When.INSIDE);
        return new PolicyRule(
                name, new Policy(Selector.everything(), Effect.DEFER, null, schedule, "quiet", null, null));
    }

    private static Rule berlin(String from, String to) {
        Schedule schedule = new Schedule("Europe/Berlin", List.of(Window.daily(from, to)), When.OUTSIDE);
        return new PolicyRule(
                "nights", new Policy(Selector.everything(), Effect.DEFER, null, schedule, "by night", null, null));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-22T" + time + ":00Z");
    }
}
