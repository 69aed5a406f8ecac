package dev.flotilla.api.upload;

/** What a test-result says on the whole, in the words of its predicate. The first two count, the last does not. */
public enum TestResult {
    PASSED,
    /** Passed with warnings. */
    WARNED,
    FAILED
}
