package dev.flotilla.registry.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is compared with whom: a difference in differences.
 *
 * @param changed machines that have, or had, the version
 * @param unchanged machines of the service that did not change in the meantime, nor in the three days before; or the changed ones themselves a week earlier
 *     where too few are left
 * @param firstChange epoch seconds
 * @param paired whether there is anybody to compare with
 */
record Subjects(List<Subject> changed, List<Subject> unchanged, long firstChange, boolean paired) {
    private static final int FEW = 5;
    private static final long WEEK = 7 * 86400;

    /** At the time of a look; nothing after it is regarded. */
    static Subjects of(Question question, long now) {
        Map<String, List<VersionChange>> changes = new HashMap<>();
        for (VersionChange change : question.changes()) {
            if (change.service().equals(question.service()) && change.at().getEpochSecond() < now) {
                changes.computeIfAbsent(change.machine(), _ -> new ArrayList<>())
                        .add(change);
            }
        }
        changes.values().forEach(list -> list.sort(Comparator.comparing(VersionChange::at)));
        Map<String, Map<String, List<Long>>> faults = faults(question, now);
        List<Subject> changed = new ArrayList<>();
        List<MachineSignals> others = new ArrayList<>();
        for (MachineSignals machine : question.machines()) {
            List<VersionChange> own = changes.getOrDefault(machine.machine(), List.of());
            Map<String, List<Long>> ownFaults = faults.getOrDefault(machine.machine(), Map.of());
            int to = lastTo(question.version(), own);
            if (to >= 0) {
                long until = to + 1 < own.size() ? own.get(to + 1).at().getEpochSecond() : now;
                changed.add(new Subject(machine, ownFaults, own.get(to).at().getEpochSecond(), until));
            } else if (own.isEmpty()) {
                others.add(machine);
            }
        }
        long first = changed.stream().mapToLong(Subject::changedAt).min().orElse(now);
        List<Subject> unchanged = new ArrayList<>();
        for (int i = 0; i < others.size() && !changed.isEmpty(); i++) {
            MachineSignals machine = others.get(i);
            Subject like = changed.get(i % changed.size());
            unchanged.add(new Subject(
                    machine, faults.getOrDefault(machine.machine(), Map.of()), like.changedAt(), like.until()));
        }
        if (unchanged.size() >= FEW) {
            return new Subjects(changed, unchanged, first, true);
        }
        List<Subject> weekAgo = changed.stream()
                .filter(subject -> subject.machine().series().values().stream()
                        .anyMatch(series -> series.reaches(subject.changedAt() - WEEK - Window.DAY.seconds())))
                .map(subject -> subject.earlier(WEEK))
                .toList();
        return new Subjects(changed, weekAgo, first, weekAgo.size() >= FEW);
    }

    /** When the first machine of the question changed to the version, in epoch seconds; {@link Long#MAX_VALUE} when none has. */
    static long firstChange(Question question) {
        return question.changes().stream()
                .filter(change -> change.service().equals(question.service())
                        && question.version().equals(change.after())
                        && !change.at().isAfter(question.now()))
                .mapToLong(change -> change.at().getEpochSecond())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** When the changed machines left what was expected; searched for only where it matters, else when the first changed. */
    Instant since(Signal signal, double middle, boolean matters) {
        long to = changed.stream().mapToLong(Subject::until).max().orElse(firstChange);
        long from = Math.max(firstChange, to - Window.THREE_DAYS.seconds());
        return matters ? Onset.of(signal, changed, middle, from, to) : Instant.ofEpochSecond(firstChange);
    }

    private static int lastTo(String version, List<VersionChange> changes) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (version.equals(changes.get(i).after())) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Map<String, List<Long>>> faults(Question question, long now) {
        Map<String, Map<String, List<Long>>> faults = new HashMap<>();
        for (Fault fault : question.faults()) {
            if (fault.at().getEpochSecond() < now) {
                faults.computeIfAbsent(fault.machine(), _ -> new HashMap<>())
                        .computeIfAbsent(fault.signature(), _ -> new ArrayList<>())
                        .add(fault.at().getEpochSecond());
            }
        }
        faults.values().forEach(of -> of.values().forEach(times -> times.sort(null)));
        return faults;
    }
}
