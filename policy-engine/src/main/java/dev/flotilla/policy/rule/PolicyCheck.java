package dev.flotilla.policy.rule;

import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Selector;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.policy.decision.condition.Condition;
import dev.flotilla.policy.decision.condition.ConditionMistake;
import dev.flotilla.policy.decision.schedule.Opening;
import dev.flotilla.policy.decision.schedule.ScheduleMistake;
import dev.flotilla.policy.decision.schedule.Windows;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a policy can mean what it says. Everything that can't be is a 400 that names the field. */
final class PolicyCheck {
    private PolicyCheck() {}

    static void selector(Selector selector) {
        boolean named = Stream.of(
                        selector.service(),
                        selector.environment(),
                        selector.machineFunction(),
                        selector.region(),
                        selector.tenant(),
                        selector.machine())
                .anyMatch(Objects::nonNull);
        boolean all = Boolean.TRUE.equals(selector.all());
        if (named && all) {
            throw ProblemException.badRequest("selector.all", "must not be true where names are given", true);
        }
        if (!named && !all) {
            throw ProblemException.badRequest(
                    "selector",
                    "must name at least one of service, environment, machineFunction, region, tenant and machine,"
                            + " or be {\"all\": true}",
                    null);
        }
    }

    static void condition(@Nullable String condition) {
        if (condition == null) {
            return;
        }
        try {
            Condition.parseNew(condition);
        } catch (ConditionMistake e) {
            throw ProblemException.badRequest("condition", e.described(), condition);
        }
    }

    static void schedule(Policy policy, Instant now) {
        Schedule schedule = policy.schedule();
        if (schedule == null) {
            return;
        }
        try {
            Opening opening = Windows.of(schedule, now).at(now);
            Instant first = opening.until();
            Instant until = policy.until();
            boolean inside = schedule.when() != Schedule.When.OUTSIDE;
            if (inside && !opening.open() && until != null && first != null && !first.isBefore(until)) {
                throw ProblemException.badRequest("until", "must be after the first window opens, " + first, until);
            }
        } catch (ScheduleMistake e) {
            throw ProblemException.badRequest("schedule." + e.field(), e.said(), e.rejected());
        }
    }
}
