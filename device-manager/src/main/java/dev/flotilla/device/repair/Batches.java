package dev.flotilla.device.repair;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all requests for many machines at once must keep to. */
public final class Batches {
    private static final int MOST = 10_000;
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    private Batches() {}

    /** 413 for more than 10,000; 422 that names those given more than once. */
    public static void check(String field, List<String> names) {
        checkSize(field, names);
        Map<String, Integer> first = HashMap.newHashMap(names.size());
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Integer before = first.putIfAbsent(names.get(i), i);
            if (before != null) {
                errors.add(ProblemException.error(
                        field + "[" + i + "]", "is the same as " + field + "[" + before + "]", names.get(i)));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.unprocessable(
                    "Each may be named once; " + errors.size() + " are named again. Nothing was done.", errors);
        }
    }

    /** 413 for more than 10,000. */
    static void checkSize(String field, List<String> names) {
        if (names.size() > MOST) {
            throw ProblemException.tooLarge(
                    field + ": at most " + MOST + " in one request, not " + names.size() + ". Send several.");
        }
    }

    /** 400 for a lease that is too short or too long. */
    static void checkLease(Duration lease) {
        if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
            throw ProblemException.badRequest("lease", "must be from " + SHORTEST + " to " + LONGEST, lease);
        }
    }
}
