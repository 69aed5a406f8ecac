package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.policy.decision.Verdict.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Denies every change of what is opted out, until the opt-out ends. */
public final class OptOutDecider implements Decider {
    private final Map<String, List<OptOut.Stored>> ofMachine;
    private final List<OptOut.Stored> ofAllMachines;

    public OptOutDecider(List<OptOut.Stored> optOuts) {
        this.ofMachine = optOuts.stream()
                .filter(stored -> stored.optOut().machine() != null)
                .collect(Collectors.groupingBy(
                        stored -> String.valueOf(stored.optOut().machine())));
        this.ofAllMachines = optOuts.stream()
                .filter(stored -> stored.optOut().machine() == null)
                .toList();
    }

    @Override
    public List<Verdict> verdicts(Change change, Instant now) {
        List<Verdict> verdicts = new ArrayList<>();
        addDenials(ofMachine.getOrDefault(change.subject().machine(), List.of()), change, now, verdicts);
        addDenials(ofAllMachines, change, now, verdicts);
        return verdicts;
    }

    private static void addDenials(List<OptOut.Stored> optOuts, Change change, Instant now, List<Verdict> verdicts) {
        for (OptOut.Stored stored : optOuts) {
            OptOut optOut = stored.optOut();
            if (concerns(optOut.service(), change.service()) && !ended(optOut.until(), now)) {
                verdicts.add(new Verdict(Effect.DENY, stored.name(), optOut.reason(), optOut.until(), scope(optOut)));
            }
        }
    }

    private static boolean concerns(@Nullable String service, String changed) {
        return service == null || service.equals(changed);
    }

    private static boolean ended(@Nullable Instant until, Instant now) {
        return until != null && !until.isAfter(now);
    }

    private static Scope scope(OptOut optOut) {
        if (optOut.machine() == null) {
            return Scope.SERVICE;
        }
        return optOut.service() == null ? Scope.MACHINE : Scope.SERVICE_ON_MACHINE;
    }
}
