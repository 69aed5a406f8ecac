package dev.flotilla.registry.changes;

/** This instance was away for longer than changes are kept: its memory can't be brought up to date, only loaded anew. */
final class FellBehindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FellBehindException(long head, long next) {
        super("the newest change here is " + head + ", the oldest after it that the log has is " + next);
    }
}
