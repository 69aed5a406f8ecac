package dev.flotilla.registry.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Corrects for many signals and windows: Holm's step-down method with weights (Holm, 1979). It was chosen over Benjamini and Hochberg's since a single
 * false alarm stops a fleet: the probability of any at all is what must be bounded, and it holds however signals depend on each other.
 */
final class Holm {
    private Holm() {}

    /** A finding with its corrected probability. */
    record Corrected(Finding finding, double p) {}

    /** All that weigh something, surest first. */
    static List<Corrected> correct(List<Finding> findings) {
        List<Finding> sorted = findings.stream()
                .filter(finding -> finding.weight() > 0)
                .sorted(Comparator.comparingDouble(Finding::strength).reversed())
                .toList();
        double rest = sorted.stream().mapToDouble(Finding::weight).sum();
        double least = 0;
        List<Corrected> corrected = new ArrayList<>();
        for (Finding finding : sorted) {
            least = Math.max(least, Math.min(1, finding.p() * rest / finding.weight()));
            corrected.add(new Corrected(finding, least));
            rest -= finding.weight();
        }
        return corrected;
    }
}
