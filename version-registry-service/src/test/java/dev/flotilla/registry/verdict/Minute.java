package dev.flotilla.registry.verdict;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What is true of one machine in one minute, before chance has its part in it. Effects change it. */
final class Minute {
    final int machine;
    final boolean changed;
    /** Since the machine's change; below zero before it. Of unchanged machines since that of the first. */
    final int age;
    /** Since the first change of the world. */
    final int time;

    final SplittableRandom random;
    final Consumer<String> faults;

    double requests;
    double errorShare;
    double crashesAnHour;
    double memory;
    double cpu;
    double latency;

    Minute(int machine, boolean changed, int age, int time, SplittableRandom random, Consumer<String> faults) {
        this.machine = machine;
        this.changed = changed;
        this.age = age;
        this.time = time;
        this.random = random;
        this.faults = faults;
    }

    /** True on machines that have the version. */
    boolean after() {
        return changed && age >= 0;
    }

    /** The machine shows a fault with this probability. */
    void fault(String signature, double probability) {
        if (random.nextDouble() < probability) {
            faults.accept(signature);
        }
    }

    /** Always the same number for the machine, evenly from 0 to 1, another one for each salt. */
    double trait(int salt) {
        return new SplittableRandom(machine * 7919L + salt * 104729L).nextDouble();
    }

    /** An effect on a machine's minute. */
    interface Effect {
        void on(Minute minute);
    }
}
