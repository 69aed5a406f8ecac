package dev.flotilla.agent;

import dev.flotilla.agent.svcmgr.MachineTakenException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines why a second agent does not start. */
class MachineTakenFailure extends AbstractFailureAnalyzer<MachineTakenException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MachineTakenException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Stop the other agent first, carry other machines, or use another data folder (flotilla.data).",
                cause);
    }
}
