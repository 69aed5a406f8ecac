package dev.flotilla.policy;

import dev.flotilla.api.Names;
import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.platform.paging.Cursors;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import dev.flotilla.policy.decision.Change;
import dev.flotilla.policy.decision.Decider;
import dev.flotilla.policy.decision.DecisionRule;
import dev.flotilla.policy.decision.OptOutDecider;
import dev.flotilla.policy.optout.OptOuts;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Decisions and opt-outs over REST. A decision reads what it needs afresh, so an opt-out works from the next question on. */
@RestController
class PolicyController implements PolicyApi {
    private static final int LARGEST_PAGE = 1_000;
    private static final Instant LAST_UNTIL = Instant.parse("9999-12-31T23:59:59Z");

    private final OptOuts optOuts;
    private final MeterRegistry metrics;
    private final InstantSource clock;

    PolicyController(OptOuts optOuts, MeterRegistry metrics, InstantSource clock) {
        this.optOuts = optOuts;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Decisions decide(DecisionRequest request) {
        Instant now = now();
        Set<String> machines = request.machines().stream()
                .map(DecisionRequest.Subject::machine)
                .collect(Collectors.toSet());
        List<Decider> deciders = List.of(new OptOutDecider(optOuts.concerning(request.service(), machines, now)));
        List<Decision> decisions = request.machines().stream()
                .map(subject -> new Change(request.service(), request.version(), subject))
                .map(change -> DecisionRule.decide(deciders, change, now))
                .toList();
        decisions.stream()
                .collect(Collectors.groupingBy(Decision::effect, Collectors.counting()))
                .forEach(this::count);
        return new Decisions(decisions);
    }

    private void count(Effect effect, long decisions) {
        String tag = switch (effect) {
            case ALLOW -> "allow";
            case DEFER -> "defer";
            case DENY -> "deny";
        };
        metrics.counter("flotilla.decisions", "effect", tag).increment(decisions);
    }

    @Override
    public OptOut.Stored putOptOut(String name, OptOut optOut) {
        Caller caller = Caller.current();
        caller.require(Role.OPERATOR);
        Instant now = now();
        return optOuts.put(name, checked(optOut, now), caller.name(), now);
    }

    private static OptOut checked(OptOut optOut, Instant now) {
        if (optOut.machine() == null && optOut.service() == null) {
            throw ProblemException.badRequest("machine", "must be given, or service, or both", null);
        }
        Instant until = optOut.until();
        if (until == null) {
            return optOut;
        }
        if (!until.isAfter(now) || until.isAfter(LAST_UNTIL)) {
            throw ProblemException.badRequest(
                    "until", "must be a time to come, before the year 10000, or null for never", until);
        }
        return new OptOut(optOut.machine(), optOut.service(), optOut.reason(), until.truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public OptOut.Stored optOut(String name) {
        return optOuts.find(name)
                .orElseThrow(() ->
                        ProblemException.notFound("name", name, "There is no opt-out of the name '" + name + "'."));
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteOptOut(String name) {
        Caller caller = Caller.current();
        caller.require(Role.OPERATOR);
        optOuts.delete(name, caller.name());
    }

    @Override
    public Page<OptOut.Stored> optOuts(int limit, @Nullable String cursor) {
        Limits.check(limit, LARGEST_PAGE);
        String after = cursor == null ? "" : Cursors.decode(cursor, 1).getFirst();
        if (cursor != null && !Names.isPlace(after)) {
            throw ProblemException.badRequest("cursor", "must be the nextCursor of a page of the same list", cursor);
        }
        List<OptOut.Stored> found = optOuts.current(after, now(), limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<OptOut.Stored> page = found.subList(0, limit);
        return new Page<>(page, Cursors.encode(page.getLast().name()));
    }

    /** As precise as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
