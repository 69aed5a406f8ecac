package dev.flotilla.cli.session;

/** The exit codes, which scripts may rely on. */
public final class Exit {
    public static final int OK = 0;
    /** What was asked for was tried and did not come about: a deployment halted, a demo saw something else than it should. */
    public static final int FAILED = 1;
    /** The command line was not understood. */
    public static final int USAGE = 2;
    /** This machine is not ready for it: no JDK, a port is taken, a service does not start. */
    public static final int ENVIRONMENT = 3;
    /** A service refused, and said why. */
    public static final int REFUSED = 4;
    /** A service, or the cluster, can't be reached. */
    public static final int UNREACHABLE = 5;

    private Exit() {}
}
