package dev.flotilla.cli.supervisor;

/** The cluster could not be started; the message names what did not start, and why as far as its log tells. */
final class StartFailure extends RuntimeException {
    StartFailure(String message) {
        super(message);
    }
}
