package dev.flotilla.orchestrator.progress;

/**
 * What can be done about a rollout that is halted.
 *
 * @param paused true where a person asked for it: there need be nothing to mend
 */
record Halt(boolean paused, GoingBack back) {
    static final Halt NONE = new Halt(false, GoingBack.NOWHERE);

    String unblock() {
        return switch (back) {
            case ASKED -> "nothing: its way back is being declared";
            case NOWHERE, POSSIBLE ->
                "a person says 'resume'" + (paused ? "" : " once the cause is mended")
                        + (back == GoingBack.POSSIBLE ? ", or 'roll-back'" : "") + ", or deploys another version";
        };
    }
}
