package dev.flotilla.registry.bench;

import dev.flotilla.registry.verdict.Judge;
import dev.flotilla.registry.verdict.Scenario;
import dev.flotilla.registry.verdict.Strictness;
import dev.flotilla.registry.verdict.Verdict;
import dev.flotilla.registry.verdict.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Judges generated fleets with known faults, each at every look, and prints what was found, how soon, and what was a false alarm
 * ({@code -Druns=20 -Dseed=1 -Dscenarios=MEMORY_LEAK,NOISY}). */
final class VerdictTable {
    private VerdictTable() {}

    public static void main(String[] args) {
        int runs = Integer.getInteger("runs", 20);
        long seed = Long.getLong("seed", 1);
        Set<String> only = Stream.of(System.getProperty("scenarios", "").split(","))
                .filter(name -> !name.isBlank())
                .collect(Collectors.toSet());
        System.out.printf(
                Locale.ROOT,
                "%-28s %4s %6s %7s %7s %7s %6s%n",
                "harm",
                "runs",
                "found",
                "median",
                "p95",
                "early",
                "good");
        List<Watched> all = new ArrayList<>();
        long start = System.nanoTime();
        for (Scenario scenario : Scenario.values()) {
            if (!only.isEmpty() && !only.contains(scenario.name())) {
                continue;
            }
            if (scenario == Scenario.HEALTHY) {
                System.out.printf(
                        Locale.ROOT,
                        "%n%-28s %4s %6s %7s %7s %7s %6s%n",
                        "no harm",
                        "runs",
                        "alarms",
                        "median",
                        "p95",
                        "",
                        "good");
            }
            Judge judge = new Judge(Strictness.DEFAULT);
            List<Watched> watched = LongStream.range(seed, seed + runs)
                    .parallel()
                    .mapToObj(each -> Watched.watch(scenario, each, judge))
                    .toList();
            all.addAll(watched);
            System.out.println(row(scenario, watched));
            watched.stream().filter(VerdictTable::wrong).forEach(VerdictTable::explain);
        }
        sums(all);
        System.out.printf(Locale.ROOT, "%nAll that in %.0f s.%n", (System.nanoTime() - start) / 1e9);
        System.out.println(Speed.of(1000));
    }

    private static String row(Scenario scenario, List<Watched> watched) {
        List<Watched> bad = scenario.harmful()
                ? watched.stream().filter(Watched::found).toList()
                : watched.stream().filter(Watched::falseAlarm).toList();
        int[] minutes = scenario.harmful()
                ? bad.stream().mapToInt(Watched::badAfter).sorted().toArray()
                : watched.stream()
                        .mapToInt(Watched::good)
                        .filter(at -> at >= 0)
                        .sorted()
                        .toArray();
        long good = watched.stream()
                .filter(one -> scenario.harmful() || scenario.tiny() ? one.wronglyGood() : one.good() >= 0)
                .count();
        String early = scenario.harmful()
                ? "" + watched.stream().filter(Watched::falseAlarm).count()
                : "";
        return String.format(
                Locale.ROOT,
                "%-28s %4d %6d %7s %7s %7s %6d",
                scenario.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                watched.size(),
                bad.size(),
                quantile(minutes, 0.5),
                quantile(minutes, 0.95),
                early,
                good);
    }

    private static String quantile(int[] sorted, double share) {
        return sorted.length == 0 ? "-" : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] + " min";
    }

    private static boolean wrong(Watched one) {
        return one.falseAlarm() || one.wronglyGood() || (one.scenario().harmful() && !one.found());
    }

    private static void explain(Watched one) {
        Verdict verdict = one.bad() == null ? one.last() : one.bad();
        System.out.printf("    seed %d: %s, %s%n", one.seed(), verdict.outcome(), verdict.reason());
    }

    private static void sums(List<Watched> all) {
        long harmful = all.stream().filter(one -> one.scenario().harmful()).count();
        long found = all.stream().filter(Watched::found).count();
        long alarms = all.stream().filter(Watched::falseAlarm).count();
        System.out.printf(
                Locale.ROOT,
                "%nrecall %.3f (%d of %d), precision %.3f (%d of %d bad verdicts)%n",
                (double) found / harmful,
                found,
                harmful,
                (double) found / (found + alarms),
                found,
                found + alarms);
    }
}
