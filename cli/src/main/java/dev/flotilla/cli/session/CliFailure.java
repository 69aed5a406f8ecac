package dev.flotilla.cli.session;

/** A command ends without success, for a reason that is told in words for a person. */
public class CliFailure extends RuntimeException {
    private final int exit;

    /** @param exit one of {@link Exit} */
    public CliFailure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    public int exit() {
        return exit;
    }
}
