package dev.flotilla.orchestrator.rollback;

import dev.flotilla.orchestrator.rollout.Rollout;
import java.util.List;
import java.util.stream.Collectors;

/** The machines that a rollout has changed, or begun to change, and that have nothing to go back to. */
public record LeftBehind(Rollout rollout, List<String> machines) {
    private static final int NAMED = 5;

    /**
     * What becomes of them and what to do, in words for a person.
     *
     * @param groups as {@link #toString} says it of each rollout; not empty
     */
    public static String sentence(String version, List<String> groups) {
        return version + " stays on " + some(groups) + (groups.size() > NAMED ? " groups" : "")
                + ", which ran nothing good before: deploy another version there";
    }

    static String some(List<String> names) {
        return names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /** {@code 7 machines in prod/db (db1, db2, db3, db4, db5 and 2 more)}. */
    @Override
    public String toString() {
        return machines.size() + (machines.size() == 1 ? " machine in " : " machines in ") + rollout.environment() + "/"
                + rollout.machineFunction() + " (" + some(machines) + ")";
    }
}
