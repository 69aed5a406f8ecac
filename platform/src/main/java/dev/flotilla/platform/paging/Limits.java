package dev.flotilla.platform.paging;

import dev.flotilla.platform.problem.ProblemException;

/** The {@code limit} of a list. */
public final class Limits {
    private Limits() {}

    /** The limit itself; a 400 that names it where it is not between 1 and the most that the list gives at once. */
    public static int check(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw ProblemException.badRequest("limit", "must be from 1 to " + most, limit);
        }
        return limit;
    }
}
