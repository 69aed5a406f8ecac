package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentState;

/**
 * What a person can do about a rollout as it stands: no command is named that would be refused.
 *
 * @param paused true where a person asked for its halt: there need be nothing to mend
 * @param proving true where the others wait for a machine that is proving itself
 */
record Recourse(DeploymentState state, boolean paused, GoingBack back, boolean proving) {
    static final Recourse NONE = new Recourse(DeploymentState.ROLLING_OUT, false, GoingBack.NOWHERE, false);

    /** About its halt. */
    String unblock() {
        return switch (back) {
            case ASKED -> "nothing: its way back is being declared";
            case NOWHERE, POSSIBLE ->
                "a person says 'resume'" + (paused ? "" : " once the cause is mended")
                        + (back == GoingBack.POSSIBLE ? ", or 'roll-back'" : "") + ", or deploys another version";
        };
    }

    /** About its end by a person. */
    String deployAgain() {
        return back == GoingBack.ASKED
                ? "nothing: it is rolled back; deploy the version again"
                : "nothing: it is over; deploy the version again";
    }

    /** About a machine of it that failed for good. */
    String retry() {
        String looked = "a person looks at the machine or the version; then ";
        return switch (state) {
            case ROLLING_OUT, COMPLETE -> looked + "'retry-failed', or 'resume' where it is halted";
            case HALTED ->
                switch (back) {
                    case ASKED -> unblock();
                    case POSSIBLE -> looked + "'resume', or 'roll-back'";
                    case NOWHERE -> looked + "'resume'";
                };
            case ABORTED -> deployAgain();
            case SUPERSEDED -> "nothing: the newer deployment has it";
        };
    }

    /** What shortens the wait for a machine that is proving itself, to be put behind it. */
    String promote(String skipped) {
        return state == DeploymentState.ROLLING_OUT ? "; 'promote' skips " + skipped : "";
    }
}
