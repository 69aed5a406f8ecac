package dev.flotilla.registry.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fleet made by hand: 20 machines that change and 40 that don't, each a little different, with what a test says of them and nothing by chance. */
final class SmallFleet {
    static final Instant CHANGE = Instant.parse("2026-03-04T10:00:00Z");

    /** A signal's value in a minute; age is in minutes since the change, below zero before it. */
    interface Shown {
        double at(int machine, boolean changed, int age);
    }

    private final Map<String, Shown> shown = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<VersionChange> changes = new ArrayList<>();
    private int changed = 20;
    private int unchanged = 40;
    private int daysBefore = 1;

    SmallFleet of(int changedMachines, int unchangedMachines) {
        changed = changedMachines;
        unchanged = unchangedMachines;
        return this;
    }

    SmallFleet measuredFor(int days) {
        daysBefore = days;
        return this;
    }

    /** Times a number that differs by machine and minute by up to 2%. */
    SmallFleet shows(String signal, Shown value) {
        shown.put(
                signal,
                (machine, isChanged, age) ->
                        value.at(machine, isChanged, age) * (1 + 0.02 * Math.sin(machine * 12.9898 + age * 78.233)));
        return this;
    }

    /** Just these, such as counts of what is rare. */
    SmallFleet counts(String signal, Shown value) {
        shown.put(signal, value);
        return this;
    }

    SmallFleet fault(String signature, int machine, int age) {
        faults.add(new Fault(
                "m" + machine, signature, CHANGE.plus(Duration.ofMinutes(age)).plusSeconds(1)));
        return this;
    }

    SmallFleet leaves(int machine, int age) {
        changes.add(new VersionChange("m" + machine, "shop", "2", "1", CHANGE.plus(Duration.ofMinutes(age))));
        return this;
    }

    Verdict judgedAfter(int minutes) {
        return judgedAfter(minutes, minutes);
    }

    /** With measurements that reach further than the moment of the question. */
    Verdict judgedAfter(int minutes, int measured) {
        List<VersionChange> all = new ArrayList<>(changes);
        List<MachineSignals> machines = new ArrayList<>();
        for (int i = 0; i < changed + unchanged; i++) {
            boolean isChanged = i < changed;
            if (isChanged) {
                all.add(new VersionChange("m" + i, "shop", "1", "2", CHANGE));
            }
            Map<String, Series> series = new HashMap<>();
            for (Map.Entry<String, Shown> entry : shown.entrySet()) {
                double[] values = new double[daysBefore * 1440 + measured];
                for (int j = 0; j < values.length; j++) {
                    values[j] = entry.getValue().at(i, isChanged, j - daysBefore * 1440);
                }
                Instant start = CHANGE.minus(Duration.ofDays(daysBefore));
                series.put(entry.getKey(), Series.of(start, Duration.ofMinutes(1), values));
            }
            machines.add(new MachineSignals("m" + i, series));
        }
        List<Signal> signals = Signal.standard().stream()
                .filter(signal -> shown.containsKey(signal.name()))
                .toList();
        Instant now = CHANGE.plus(Duration.ofMinutes(minutes));
        return new Judge(Strictness.DEFAULT).judge(new Question("shop", "2", now, signals, all, machines, faults));
    }
}
