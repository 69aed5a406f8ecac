package dev.flotilla.registry.decision;

import dev.flotilla.api.registry.RunningReport;
import java.time.Instant;
import java.util.Map;

/** What somebody says of a machine, to be decided on against what the log holds. */
public sealed interface Statement {
    String machine();

    /** The machine says what it runs of one service. */
    record OneService(String machine, String service, RunningReport report) implements Statement {}

    /** The machine says all that it runs: a known service that is not among these is gone. */
    record WholeMachine(String machine, Map<String, RunningReport> services) implements Statement {}

    /** Nobody has heard of the machine since then, three intervals ago. */
    record NotHeardOf(String machine, Instant since) implements Statement {}
}
