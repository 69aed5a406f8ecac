package dev.flotilla.platform.client;

import dev.flotilla.api.Problem;

/** Another service answered with an error. */
public class RemoteProblem extends RuntimeException {
    private final transient Problem problem;

    public RemoteProblem(String service, Problem problem) {
        super(service + " answered " + problem.status() + ": "
                + (problem.detail() == null ? problem.title() : problem.detail()));
        this.problem = problem;
    }

    public int status() {
        return problem.status();
    }

    public Problem problem() {
        return problem;
    }
}
