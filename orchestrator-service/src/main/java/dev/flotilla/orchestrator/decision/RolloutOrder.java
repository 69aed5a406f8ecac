package dev.flotilla.orchestrator.decision;

import java.util.Comparator;

/** The order in which the machines of a rollout are changed: fault domain by fault domain, by name within one, m2 before m10. */
public final class RolloutOrder {
    /** Names as a person would sort them: runs of digits count as numbers. */
    public static final Comparator<String> NATURAL = RolloutOrder::compareNaturally;

    static final Comparator<MachineView> MACHINES =
            Comparator.comparing(MachineView::faultDomain, NATURAL).thenComparing(MachineView::name, NATURAL);

    private RolloutOrder() {}

    private static int compareNaturally(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endA = digitsEnd(a, i);
            int endB = digitsEnd(b, j);
            int order;
            if (endA > i && endB > j) {
                order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
                i = endA;
                j = endB;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String a, String b) {
        String left = stripZeros(a);
        String right = stripZeros(b);
        int byLength = Integer.compare(left.length(), right.length());
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    private static String stripZeros(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }
}
