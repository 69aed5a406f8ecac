package dev.flotilla.agent.install;

/** The payload can't be run here. The message says why, for the person who made it. */
public final class InstallException extends Exception {
    private static final long serialVersionUID = 1L;

    public InstallException(String message) {
        super(message);
    }
}
