package dev.flotilla.agent.svcmgr;

import java.nio.file.Path;

/** Another agent carries the machine. */
public final class MachineTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MachineTakenException(String machine, Path data) {
        super("another agent carries machine " + machine + " in " + data);
    }
}
