package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.MachineStanding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a standing: see {@link dev.flotilla.api.orchestrator.MachineProgress}.
 *
 * @param unblock what would bring the machine on
 */
record Grounds(@Nullable Instant since, @Nullable Authority by, String unblock) {
    private static final Recourse PLANNED = new Recourse(DeploymentState.ROLLING_OUT, false, GoingBack.ASKED, false);

    /** Of a standing in a plan, which is about times to come; what stays halted then is rolled back. */
    static Grounds planned(MachineStanding standing, @Nullable Authority by) {
        return new Grounds(null, by, Unblocking.of(standing, by, PLANNED));
    }
}
