package dev.flotilla.device.topology;

import dev.flotilla.api.Problem;
import dev.flotilla.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What is wrong with an import. */
final class Faults {
    /** More than this are counted only, so that a wrong file of any size fits into memory. */
    static final int MOST_LISTED = 100_000;

    private final MachineSource source;
    private final List<Problem.FieldError> errors = new ArrayList<>();
    private long count;

    Faults(MachineSource source) {
        this.source = source;
    }

    void add(int number, String field, String message, @Nullable String rejected) {
        count++;
        if (errors.size() < MOST_LISTED) {
            errors.add(new Problem.FieldError(where(source.place(number), field), message, shortened(rejected)));
        }
    }

    boolean none() {
        return count == 0;
    }

    /** Answers 422 with every fault found so far, if there is one. */
    void throwIfAny() {
        throwIfAny(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /** The same, answered with another status. */
    void throwIfAny(HttpStatus status) {
        if (count > 0) {
            String listed = count > errors.size() ? "; the first " + errors.size() + " are listed" : "";
            throw ProblemException.of(
                    status,
                    "Nothing was imported: " + count + (count == 1 ? " entry is" : " entries are") + " wrong" + listed
                            + ".",
                    errors);
        }
    }

    private static String where(String place, String field) {
        if (place.isEmpty() || field.isEmpty()) {
            return place + field;
        }
        return place.startsWith("line") ? place + ", " + field : place + "." + field;
    }

    private static @Nullable String shortened(@Nullable String value) {
        return value == null || value.length() <= 200 ? value : value.substring(0, 200);
    }
}
