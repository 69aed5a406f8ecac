package dev.flotilla.registry.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What became of a deployment that was judged at every look.
 *
 * @param bad the first bad verdict, null when there was none
 * @param badAfter minutes from the beginning of harm to that verdict, below zero when it came before
 * @param last the last verdict
 * @param good how many minutes after the first change it was first good; -1 when never
 */
public record Watched(
        Scenario scenario, long seed, @Nullable Verdict bad, int badAfter, Verdict last, int good) {
    /** Judges one of the scenario until a verdict is bad or the world ends. */
    public static Watched watch(Scenario scenario, long seed, Judge judge) {
        return watch(scenario, seed, judge, scenario.minutes());
    }

    /** For so many minutes at most. */
    static Watched watch(Scenario scenario, long seed, Judge judge, int minutes) {
        Scenario.Run run = scenario.run(seed);
        int good = -1;
        for (int minute = 1; ; minute++) {
            if (minute < minutes && Looks.lastBefore(minute * 60L).elapsed() != minute * 60L) {
                continue;
            }
            Verdict verdict = judge.judge(run.world().at(minute));
            boolean bad = verdict.outcome() == Verdict.Outcome.BAD;
            good = good < 0 && verdict.outcome() == Verdict.Outcome.GOOD ? minute : good;
            if (bad || minute >= minutes) {
                return new Watched(scenario, seed, bad ? verdict : null, minute - run.begins(), verdict, good);
            }
        }
    }

    /** A bad verdict without harm, or before it. */
    public boolean falseAlarm() {
        return bad != null && (!scenario.harmful() || badAfter < 0);
    }

    public boolean found() {
        return bad != null && !falseAlarm();
    }

    /** A harmful version that was called good and never bad, or a tiny canary that was called good. */
    public boolean wronglyGood() {
        return good >= 0 && (scenario.tiny() || (scenario.harmful() && bad == null));
    }
}
