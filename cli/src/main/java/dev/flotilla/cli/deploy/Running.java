package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.registry.RunState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What runs on machines of a service, or does not, in words. */
final class Running {
    private Running() {}

    /** Such as {@code runs 1.0}, or {@code 1.0 has crashed there}. */
    static String of(MachineProgress machine) {
        String version = machine.runningVersion();
        String fault = fault(machine.runningState());
        return version == null
                ? "runs no version of it"
                : fault == null ? "runs " + version : version + ' ' + fault + " there";
    }

    /** To be put behind machines: {@code  on 1.0}, or {@code  where 1.0 has crashed}; empty where it is not the same of all. */
    static String on(Iterable<MachineProgress> machines) {
        MachineProgress first = machines.iterator().next();
        for (MachineProgress machine : machines) {
            if (!Objects.equals(machine.runningVersion(), first.runningVersion())
                    || machine.runningState() != first.runningState()) {
                return "";
            }
        }
        String version = first.runningVersion();
        String fault = fault(first.runningState());
        return version == null ? "" : fault == null ? " on " + version : " where " + version + ' ' + fault;
    }

    private static @Nullable String fault(@Nullable RunState state) {
        return switch (Objects.requireNonNullElse(state, RunState.RUNNING)) {
            case RUNNING -> null;
            case CRASHED -> "has crashed";
            case STARTING -> "is starting";
            case STOPPED -> "is stopped";
        };
    }
}
