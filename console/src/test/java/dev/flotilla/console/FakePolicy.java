package dev.flotilla.console;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.PolicyApi;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Opt-outs in memory. Machine m70 is acme's. */
class FakePolicy implements PolicyApi {
    private final List<OptOut.Stored> optOuts = new CopyOnWriteArrayList<>();

    @Override
    public OptOut.Stored putOptOut(String name, OptOut optOut) {
        OptOut.Stored stored = new OptOut.Stored(name, optOut, "olga", Instant.parse("2026-11-22T10:00:00Z"));
        optOuts.add(stored);
        return stored;
    }

    @Override
    public Page<OptOut.Stored> optOuts(@Nullable String machine, int limit, @Nullable String cursor) {
        return new Page<>(
                optOuts.stream()
                        .filter(each -> machine == null || selects(each.optOut(), machine))
                        .toList(),
                null);
    }

    private static boolean selects(OptOut optOut, String machine) {
        return (optOut.machine() == null || optOut.machine().equals(machine))
                && (optOut.tenant() == null || machine.equals("m70"));
    }

    @Override
    public OptOut.Stored optOut(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteOptOut(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Decisions preview(DecisionRequest request, boolean outlook) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Decisions decide(DecisionRequest request) {
        throw new UnsupportedOperationException();
    }
}
