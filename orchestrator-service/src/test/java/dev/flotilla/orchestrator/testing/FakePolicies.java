package dev.flotilla.orchestrator.testing;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.Outlook;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Allows all but what a test forbids. */
public final class FakePolicies implements PolicyApi {
    public final Map<String, Effect> effects = new ConcurrentHashMap<>();
    /** What a policy or opt-out is that forbids all that a test forbids. */
    public volatile Decision.@Nullable Kind kind;

    /** What it foresees of machines; of others that nothing changes. */
    public final Map<String, List<Outlook.Change>> changes = new ConcurrentHashMap<>();

    /** Policies named as that one are olga's. */
    public final FakeRules rules = new FakeRules();

    public volatile boolean down;

    /** How often decisions were made that policy-engine keeps. */
    public final AtomicInteger kept = new AtomicInteger();

    @Override
    public Decisions decide(DecisionRequest request) {
        kept.incrementAndGet();
        return preview(request, false);
    }

    @Override
    public Decisions preview(DecisionRequest request, boolean outlook) {
        if (down) {
            throw new RemoteUnavailable("policy-engine", "it is down", null);
        }
        List<Decision> decisions = request.machines().stream()
                .map(subject -> {
                    Effect effect = effects.getOrDefault(subject.machine(), Effect.ALLOW);
                    return new Decision(
                            subject.machine(),
                            effect,
                            "it is " + effect,
                            effect == Effect.ALLOW ? null : "opt-out",
                            effect == Effect.ALLOW ? null : kind,
                            null);
                })
                .toList();
        return new Decisions(null, decisions, outlook ? outlooks(request) : null);
    }

    private List<Outlook> outlooks(DecisionRequest request) {
        return request.machines().stream()
                .map(DecisionRequest.Subject::machine)
                .map(machine -> new Outlook(
                        List.of(machine),
                        changes.getOrDefault(machine, List.of()),
                        Instant.parse("2100-01-01T00:00:00Z"),
                        List.of()))
                .toList();
    }

    @Override
    public OptOut.Stored putOptOut(String name, OptOut optOut) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptOut.Stored optOut(String name) {
        return new OptOut.Stored(name, new OptOut("m", null, "it is DENY", null), "olga", Instant.EPOCH);
    }

    @Override
    public void deleteOptOut(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<OptOut.Stored> optOuts(@Nullable String machine, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}
