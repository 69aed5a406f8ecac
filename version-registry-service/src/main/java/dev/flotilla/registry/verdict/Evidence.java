package dev.flotilla.registry.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;

/**
 * What one rule saw of one signal.
 *
 * @param signal its name, or the signature of a fault
 * @param window how far back from the verdict it looked, never beyond a machine's change
 * @param changed machines that have the version
 * @param unchanged machines that don't, in the same time
 * @param expected what the changed machines would show after their change had it done nothing
 * @param hit machines with the version that are clearly worse
 * @param machines machines with the version that were judged
 * @param since when it began
 * @param pValue corrected for all signals and windows that were looked at, not for looking again; 1 for what is in order
 * @param harm whether it is harm beyond doubt
 */
public record Evidence(
        String signal,
        Rule rule,
        Duration window,
        Levels changed,
        Levels unchanged,
        double expected,
        int hit,
        int machines,
        Instant since,
        double pValue,
        boolean harm) {
    /** By what it was judged; with the unit of its levels. */
    public enum Rule {
        /** Events an hour and machine. */
        RATE(" an hour"),
        /** A share of 1. */
        SHARE(""),
        /** The gauge's unit. */
        LEVEL(""),
        /** The gauge's unit an hour. */
        TREND(" more an hour"),
        /** The share of machines that had it. */
        FAULT(" of machines"),
        /** Crashes of each machine in the ten minutes after its change, or after the like time. */
        CRASH_LOOP(" in ten minutes");

        private final String unit;

        Rule(String unit) {
            this.unit = unit;
        }

        String inWords(double level) {
            if (!Double.isFinite(level)) {
                return "nothing measured";
            }
            BigDecimal rounded = new BigDecimal(level).round(new MathContext(3)).stripTrailingZeros();
            boolean share = this == SHARE || this == FAULT;
            return (share ? rounded.movePointRight(2).toPlainString() + "%" : rounded.toPlainString()) + unit;
        }
    }

    /** Means over machines, before and after the change; of unchanged machines at the same times. */
    public record Levels(double before, double after) {}

    /** In one sentence, for the owner. */
    public String inWords() {
        return String.format(
                "%s: %s after the change, %s before; unchanged machines %s then, %s before; on %d of %d machines%s",
                signal,
                rule.inWords(changed.after()),
                rule.inWords(changed.before()),
                rule.inWords(unchanged.after()),
                rule.inWords(unchanged.before()),
                hit,
                machines,
                harm ? " since " + since : "");
    }

    Evidence judged(double corrected, boolean isHarm) {
        return new Evidence(
                signal, rule, window, changed, unchanged, expected, hit, machines, since, corrected, isHarm);
    }
}
