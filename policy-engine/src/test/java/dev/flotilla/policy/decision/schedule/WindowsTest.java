package dev.flotilla.policy.decision.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Schedule.When;
import dev.flotilla.api.policy.Schedule.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void aWindowOverMidnightBeginsOnOneDayAndEndsOnTheNext() throws Exception {
        Windows nights = windows("UTC", Window.daily("22:00", "04:00", DayOfWeek.FRIDAY));
        assertThat(at(nights, "2026-11-27T21:59:59Z")).isEqualTo(closed("2026-11-27T22:00:00Z"));
        assertThat(at(nights, "2026-11-27T22:00:00Z")).isEqualTo(open("2026-11-28T04:00:00Z"));
        assertThat(at(nights, "2026-11-28T03:59:59Z")).isEqualTo(open("2026-11-28T04:00:00Z"));
        assertThat(at(nights, "2026-11-28T04:00:00Z")).isEqualTo(closed("2026-12-04T22:00:00Z"));
    }

    @Test
    void windowsThatMeetAreOne() throws Exception {
        Windows days = windows("UTC", Window.daily("00:00", "24:00", DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
        assertThat(at(days, "2026-11-21T10:00:00Z")).isEqualTo(open("2026-11-23T00:00:00Z"));
        Windows always = windows("UTC", Window.daily("00:00", "24:00"));
        assertThat(at(always, "2026-11-21T10:00:00Z")).isEqualTo(open(null));
    }

    @Test
    void aWindowOnceIsOverForGood() throws Exception {
        Windows once = windows(
                "Europe/Berlin",
                Window.once(LocalDateTime.parse("2026-12-20T18:00"), LocalDateTime.parse("2027-01-02T06:00")));
        assertThat(at(once, "2026-11-22T12:00:00Z")).isEqualTo(closed("2026-12-20T17:00:00Z"));
        assertThat(at(once, "2026-12-24T12:00:00Z")).isEqualTo(open("2027-01-02T05:00:00Z"));
        assertThat(at(once, "2027-01-02T05:00:00Z")).isEqualTo(closed(null));
    }

    @Test
    void whereClocksAreSetForwardAWindowInTheHourThatIsSkippedDoesNotOpen() throws Exception {
        // Berlin, 2027-03-28: from 02:00 to 03:00 at 01:00 UTC.
        Windows inside = windows("Europe/Berlin", Window.daily("02:10", "02:50"));
        assertThat(at(inside, "2027-03-27T02:00:00Z")).isEqualTo(closed("2027-03-29T00:10:00Z"));
        Windows across = windows("Europe/Berlin", Window.daily("01:30", "02:30"));
        assertThat(at(across, "2027-03-28T00:30:00Z")).isEqualTo(open("2027-03-28T01:00:00Z"));
        Windows after = windows("Europe/Berlin", Window.daily("02:30", "04:00"));
        assertThat(at(after, "2027-03-28T00:59:59Z")).isEqualTo(closed("2027-03-28T01:00:00Z"));
        assertThat(at(after, "2027-03-28T01:00:00Z")).isEqualTo(open("2027-03-28T02:00:00Z"));
        Windows night = windows("Europe/Berlin", Window.daily("22:00", "04:00"));
        assertThat(at(night, "2027-03-27T21:00:00Z")).isEqualTo(open("2027-03-28T02:00:00Z"));
    }

    @Test
    void whereClocksAreSetBackAWindowBeginsAtTheFirstAndEndsAtTheSecondOfTwoEqualTimes() throws Exception {
        // Berlin, 2026-10-25: from 03:00 to 02:00 at 01:00 UTC.
        Windows twice = windows("Europe/Berlin", Window.daily("02:10", "02:50"));
        assertThat(at(twice, "2026-10-25T00:10:00Z")).isEqualTo(open("2026-10-25T01:50:00Z"));
        Windows before = windows("Europe/Berlin", Window.daily("01:00", "02:00"));
        assertThat(at(before, "2026-10-24T23:00:00Z")).isEqualTo(open("2026-10-25T00:00:00Z"));
        Windows night = windows("Europe/Berlin", Window.daily("22:00", "04:00"));
        assertThat(at(night, "2026-10-24T20:00:00Z")).isEqualTo(open("2026-10-25T03:00:00Z"));
    }

    @Test
    void zonesWhoseClocksChangeByHalfAnHourAreNoException() throws Exception {
        // Lord Howe, 2026-10-04: from 02:00 to 02:30; 2027-04-04: from 02:00 to 01:30.
        Windows skipped = windows("Australia/Lord_Howe", Window.daily("02:05", "02:25"));
        assertThat(at(skipped, "2026-10-03T15:00:00Z")).isEqualTo(closed("2026-10-04T15:05:00Z"));
        Windows twice = windows("Australia/Lord_Howe", Window.daily("01:30", "02:00"));
        assertThat(at(twice, "2027-04-03T14:30:00Z")).isEqualTo(open("2027-04-03T15:30:00Z"));
    }

    @RepeatedTest(40)
    void whatIsSaidOfAMomentHoldsUntilTheMomentThatIsNamedAndNotLonger(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> zones = List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC");
        String zone = zones.get(random.nextInt(zones.size()));
        List<Window> list = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            int from = random.nextInt(24 * 4) * 15;
            int length = (1 + random.nextInt(24 * 4 - 1)) * 15;
            list.add(new Window(
                    random.nextBoolean() ? null : Set.of(DayOfWeek.of(1 + random.nextInt(7))),
                    time(from),
                    time((from + length) % (24 * 60)),
                    null,
                    null));
        }
        Windows windows = windows(zone, list.toArray(Window[]::new));
        Instant moment = (zone.equals("Pacific/Apia") ? Instant.parse("2011-12-27T00:00:00Z") : NOW)
                .plus(Duration.ofMinutes(random.nextInt(365 * 24 * 60)));
        if (random.nextBoolean()) {
            moment = ZoneId.of(zone).getRules().nextTransition(NOW) == null
                    ? moment
                    : ZoneId.of(zone)
                            .getRules()
                            .nextTransition(NOW)
                            .getInstant()
                            .minusSeconds(random.nextInt(7200));
        }
        Opening opening = windows.at(moment);
        Instant until = opening.until();
        if (until == null) {
            return;
        }
        assertThat(until).as("seed %d", repetition.getCurrentRepetition()).isAfter(moment);
        assertThat(windows.at(until).open()).isEqualTo(!opening.open());
        for (int i = 0; i < 50; i++) {
            Instant between = moment.plusMillis((long)
                    (random.nextDouble() * Duration.between(moment, until).toMillis()));
            assertThat(windows.at(between))
                    .as("seed %d, %s in %s", repetition.getCurrentRepetition(), between, zone)
                    .isEqualTo(opening);
        }
    }

    @Test
    void aScheduleThatCantBeIsRefusedWithItsField() {
        assertThat(mistake("CET", Window.daily("01:00", "02:00"))).isEqualTo("zone");
        assertThat(mistake("Europe/Nowhere", Window.daily("01:00", "02:00"))).isEqualTo("zone");
        assertThat(mistake("UTC", new Window(null, null, null, null, null))).isEqualTo("windows[0]");
        assertThat(mistake("UTC", new Window(null, "01:00", "02:00", LocalDateTime.parse("2026-12-01T00:00"), null)))
                .isEqualTo("windows[0]");
        assertThat(mistake("UTC", Window.daily("1:00", "02:00"))).isEqualTo("windows[0].from");
        assertThat(mistake("UTC", Window.daily("01:00", "25:00"))).isEqualTo("windows[0].to");
        assertThat(mistake("UTC", Window.daily("01:00", "01:00"))).isEqualTo("windows[0].to");
        assertThat(mistake("UTC", new Window(Set.of(), "01:00", "02:00", null, null)))
                .isEqualTo("windows[0].days");
        assertThat(mistake("UTC", once("2026-12-02T00:00", "2026-12-01T00:00"))).isEqualTo("windows[0].end");
        assertThat(mistake("UTC", once("2026-12-01T00:00", "2026-12-01T00:00"))).isEqualTo("windows[0].end");
        assertThat(mistake("Europe/Berlin", once("2027-03-28T02:30", "2027-03-28T05:00")))
                .isEqualTo("windows[0].start");
        assertThat(mistake("Europe/Berlin", once("2027-03-27T02:30", "2027-03-28T02:30")))
                .isEqualTo("windows[0].end");
        assertThat(mistake("UTC", Window.daily("01:00", "02:00"), once("2026-11-01T00:00", "2026-11-22T12:00")))
                .as("wholly past")
                .isEqualTo("windows[1]");
    }

    private static Window once(String start, String end) {
        return Window.once(LocalDateTime.parse(start), LocalDateTime.parse(end));
    }

    private static String mistake(String zone, Window... windows) {
        return catchThrowableOfType(
                        ScheduleMistake.class, () -> Windows.of(new Schedule(zone, List.of(windows), When.INSIDE), NOW))
                .field();
    }

    private static String time(int minutes) {
        return "%02d:%02d".formatted(minutes / 60, minutes % 60);
    }

    private static Windows windows(String zone, Window... windows) throws ScheduleMistake {
        return Windows.of(new Schedule(zone, List.of(windows), When.INSIDE));
    }

    private static Opening at(Windows windows, String moment) {
        return windows.at(Instant.parse(moment));
    }

    private static Opening open(@Nullable String until) {
        return new Opening(true, until == null ? null : Instant.parse(until));
    }

    private static Opening closed(@Nullable String until) {
        return new Opening(false, until == null ? null : Instant.parse(until));
    }
}
