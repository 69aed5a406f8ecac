package dev.flotilla.policy;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import dev.flotilla.policy.kept.DecisionMaker;
import dev.flotilla.policy.rule.OptOuts;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Decisions and opt-outs over REST. */
@RestController
class PolicyController implements PolicyApi {
    private final DecisionMaker decisions;
    private final OptOuts optOuts;
    private final MeterRegistry metrics;
    private final InstantSource clock;

    PolicyController(DecisionMaker decisions, OptOuts optOuts, MeterRegistry metrics, InstantSource clock) {
        this.decisions = decisions;
        this.optOuts = optOuts;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Decisions decide(DecisionRequest request) {
        Caller caller = Caller.current();
        caller.require(Role.SERVICE);
        requireEachOnce(request);
        Decisions answer =
                decisions.decide(request, caller.name(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        answer.decisions().stream()
                .collect(Collectors.groupingBy(Decision::effect, Collectors.counting()))
                .forEach(this::count);
        return answer;
    }

    @Override
    public Decisions preview(DecisionRequest request, boolean outlook) {
        requireEachOnce(request);
        return decisions.preview(request, outlook, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** A machine that stands in two places has no one answer. */
    private static void requireEachOnce(DecisionRequest request) {
        Map<String, Integer> places = HashMap.newHashMap(request.machines().size());
        for (int i = 0; i < request.machines().size(); i++) {
            String machine = request.machines().get(i).machine();
            Integer first = places.putIfAbsent(machine, i);
            if (first != null) {
                throw ProblemException.badRequest(
                        "machines[" + i + "].machine", "is named already in machines[" + first + "]", machine);
            }
        }
    }

    private void count(Effect effect, long decided) {
        String tag = switch (effect) {
            case ALLOW -> "allow";
            case DEFER -> "defer";
            case DENY -> "deny";
        };
        metrics.counter("flotilla.decisions", "effect", tag).increment((double) decided);
    }

    @Override
    public OptOut.Stored putOptOut(String name, OptOut optOut) {
        return optOuts.put(name, optOut);
    }

    @Override
    public OptOut.Stored optOut(String name) {
        return optOuts.find(name);
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteOptOut(String name) {
        optOuts.delete(name);
    }

    @Override
    public Page<OptOut.Stored> optOuts(@Nullable String machine, int limit, @Nullable String cursor) {
        return optOuts.page(machine, limit, cursor);
    }
}
