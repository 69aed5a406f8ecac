package dev.flotilla.api.policy;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.Schedule.Window;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleWordsTest {
    @Test
    void whatARuleIsAboutNamesEachPart() {
        assertThat(RuleWords.what(Selector.everything())).isEqualTo("everything");
        assertThat(RuleWords.what(new Selector("hello", "prod-a", "web", "east", "shop", "m7", null)))
                .isEqualTo("service hello, environment prod-a, function web, region east, tenant shop, machine m7");
        assertThat(RuleWords.what(new OptOut("m7", "hello", "on show", null))).isEqualTo("service hello, machine m7");
    }

    @Test
    void whenItAppliesIsToldByTheClockOfItsPlace() {
        assertThat(RuleWords.when(policy(null, null))).isEqualTo("always");
        Window nights = Window.daily("22:00", "04:00", MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SUNDAY);
        Window once = Window.once(LocalDateTime.of(2026, 12, 20, 18, 0), LocalDateTime.of(2027, 1, 2, 6, 0));
        assertThat(RuleWords.when(policy(
                        new Schedule(
                                "Europe/Berlin",
                                List.of(nights, Window.daily("12:00", "13:00")),
                                Schedule.When.OUTSIDE),
                        "version == '1'")))
                .isEqualTo(
                        "outside Mon-Fri, Sun 22:00 to 04:00 and each day 12:00 to 13:00 Europe/Berlin, if version == '1'");
        assertThat(RuleWords.when(policy(new Schedule("UTC", List.of(once), Schedule.When.INSIDE), null)))
                .isEqualTo("20 Dec 2026 18:00 to 2 Jan 2027 06:00 UTC");
        assertThat(RuleWords.days(List.of(MONDAY, TUESDAY))).isEqualTo("Mon, Tue");
    }

    @Test
    void whatIsLiftedIsNamed() {
        assertThat(RuleWords.lifted(new PolicyOverride(
                        Selector.everything(), List.of("nights"), List.of("show"), true, "why", "ops", Instant.EPOCH)))
                .isEqualTo("all that defers, nights, opt-out show");
    }

    private static Policy policy(@Nullable Schedule schedule, @Nullable String condition) {
        return new Policy(Selector.everything(), Effect.DEFER, condition, schedule, "why", null, null);
    }
}
