package dev.flotilla.registry.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges a version by differences in differences: what changed on machines with the version, less what changed at the same time on machines without it. So
 * neither a fault that hits everybody nor a rhythm of days and weeks is the version's. Corrected for looking again ({@link Looks}) and for many signals
 * ({@link Holm}); what is significant on a huge fleet but less than the least harm of its signal is no harm.
 */
public final class Judge {
    private final Strictness strictness;

    public Judge(Strictness strictness) {
        this.strictness = strictness;
    }

    /** Answers the question. The same between two scheduled looks, whatever was measured since the last one. */
    public Verdict judge(Question question) {
        long first = Subjects.firstChange(question);
        if (first == Long.MAX_VALUE) {
            return unclear("No machine has the version.", List.of(), question.now());
        }
        Looks look = Looks.lastBefore(question.now().getEpochSecond() - first);
        Instant asOf = Instant.ofEpochSecond(first + look.elapsed());
        if (look.number() == 0) {
            return unclear("The first machine has only just changed.", List.of(), asOf);
        }
        Subjects subjects = Subjects.of(question, asOf.getEpochSecond());
        List<Evidence> loops = question.signals().stream()
                .filter(signal -> signal.kind() == Signal.Kind.CRASHES)
                .map(signal -> CrashLoop.judge(signal, subjects))
                .filter(Objects::nonNull)
                .toList();
        if (!loops.isEmpty()) {
            Evidence loop = loops.getFirst();
            return new Verdict(Verdict.Outcome.BAD, 1 - loop.pValue(), loop.inWords(), loops, asOf);
        }
        int machines = subjects.changed().size();
        if (machines <= strictness.tinyCanary()) {
            String few = machines == 1 ? "1 machine tells" : machines + " machines tell";
            return unclear(few + " too little, and none crashes again and again.", List.of(), asOf);
        }
        if (!subjects.paired()) {
            return unclear(
                    "No machine is left that has not changed, and none was measured a week ago.", List.of(), asOf);
        }
        return judge(question, subjects, look, asOf);
    }

    private Verdict judge(Question question, Subjects subjects, Looks look, Instant asOf) {
        List<Finding> findings = findings(question.signals(), subjects, look.elapsed());
        double share = look.share(strictness.falseAlarms());
        List<Evidence> harm = Holm.correct(findings).stream()
                .filter(corrected ->
                        corrected.p() <= share && corrected.finding().large())
                .map(corrected -> corrected.finding().evidence().judged(corrected.p(), true))
                .toList();
        if (!harm.isEmpty()) {
            double byNow = harm.getFirst().pValue() / share * strictness.falseAlarms();
            return new Verdict(Verdict.Outcome.BAD, 1 - byNow, harm.getFirst().inWords(), harm, asOf);
        }
        List<Finding> suspicious = findings.stream()
                .filter(Finding::suspicious)
                .sorted(Comparator.comparingDouble(Finding::strength).reversed())
                .toList();
        if (!suspicious.isEmpty()) {
            List<Evidence> evidence = suspicious.stream().map(Finding::evidence).toList();
            return unclear("May be harm: " + evidence.getFirst().inWords(), evidence, asOf);
        }
        return goodOrNotYet(question.signals(), subjects, findings, asOf);
    }

    private static List<Finding> findings(List<Signal> signals, Subjects subjects, long elapsed) {
        List<Finding> findings = new ArrayList<>();
        for (Signal signal : signals) {
            for (Window window : Window.within(elapsed)) {
                add(
                        findings,
                        switch (signal.kind()) {
                            case COUNT, CRASHES, SHARE -> new RateRule(signal, subjects, window).judge();
                            case GAUGE, GROWING -> new LevelRule(signal, subjects, window).judge();
                        });
            }
            if (signal.kind() == Signal.Kind.GROWING) {
                add(findings, new TrendRule(signal, subjects).judge());
            }
        }
        for (Window window : Window.within(elapsed)) {
            findings.addAll(new FaultRule(subjects, window).judge());
        }
        return findings;
    }

    private static void add(List<Finding> findings, @Nullable Finding finding) {
        if (finding != null) {
            findings.add(finding);
        }
    }

    private Verdict goodOrNotYet(List<Signal> signals, Subjects subjects, List<Finding> findings, Instant asOf) {
        double[] ages = subjects.changed().stream()
                .mapToDouble(subject -> subject.until() - subject.changedAt())
                .toArray();
        if (Sample.median(ages) < strictness.goodAfter().toSeconds()) {
            return unclear("No harm so far, but most machines have it for too short a time.", List.of(), asOf);
        }
        double missed = 0;
        List<Evidence> seen = new ArrayList<>();
        for (Signal signal : signals) {
            for (Evidence.Rule rule : rules(signal)) {
                Finding surest = findings.stream()
                        .filter(finding -> finding.evidence().rule() == rule
                                && finding.evidence().signal().equals(signal.name()))
                        .min(Comparator.comparingDouble(Finding::missed))
                        .orElse(null);
                if (surest == null || surest.missed() > strictness.missed()) {
                    return unclear(
                            String.format(
                                    Locale.ROOT,
                                    "No harm so far, but too little was measured to be sure of %s.",
                                    signal.name()),
                            surest == null ? List.of() : List.of(surest.evidence()),
                            asOf);
                }
                missed = Math.max(missed, surest.missed());
                seen.add(surest.evidence());
            }
        }
        String good = String.format(
                Locale.ROOT,
                "No harm on %d machines compared with %d, in any of %d signals.",
                subjects.changed().size(),
                subjects.unchanged().size(),
                signals.size());
        return new Verdict(Verdict.Outcome.GOOD, 1 - missed, good, seen, asOf);
    }

    private static List<Evidence.Rule> rules(Signal signal) {
        return switch (signal.kind()) {
            case COUNT, CRASHES -> List.of(Evidence.Rule.RATE);
            case SHARE -> List.of(Evidence.Rule.SHARE);
            case GAUGE -> List.of(Evidence.Rule.LEVEL);
            case GROWING -> List.of(Evidence.Rule.LEVEL, Evidence.Rule.TREND);
        };
    }

    private static Verdict unclear(String reason, List<Evidence> evidence, Instant asOf) {
        return new Verdict(Verdict.Outcome.UNCLEAR, 0, reason, evidence, asOf);
    }
}
