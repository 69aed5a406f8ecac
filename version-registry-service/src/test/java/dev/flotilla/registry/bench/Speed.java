package dev.flotilla.registry.bench;

import dev.flotilla.registry.verdict.Judge;
import dev.flotilla.registry.verdict.Question;
import dev.flotilla.registry.verdict.Strictness;
import dev.flotilla.registry.verdict.World;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How long one verdict takes. */
final class Speed {
    private Speed() {}

    static String of(int machines) {
        World world = new World(new World.Size(machines / 2, machines / 2, 720, 0, 0.02), List.of(), 1);
        Question question = world.at(720);
        Judge judge = new Judge(Strictness.DEFAULT);
        double[] millis = new double[20];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            judge.judge(question);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return String.format(
                Locale.ROOT,
                "One verdict on %,d machines, 5 signals, 12 hours after the change: median %.0f ms, slowest %.0f ms.",
                machines,
                millis[millis.length / 2],
                millis[millis.length - 1]);
    }
}
