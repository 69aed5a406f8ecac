package dev.flotilla.registry.decision;

import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.registry.fleet.Fleet;
import dev.flotilla.registry.fleet.KnownMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what statements change, one after the other, each on top of the ones before: a working copy over a fleet that stands still
 * meanwhile. What was known already changes nothing.
 */
public final class Decision {
    private final Fleet fleet;
    private final Instant at;
    private long seq;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Draft> drafts = new HashMap<>();

    /**
     * @param head the newest change of the log; the fleet must have it and all before it
     * @param at the time that the changes get
     */
    public Decision(Fleet fleet, long head, Instant at) {
        this.fleet = fleet;
        this.seq = head;
        this.at = at;
    }

    /** Decides one more. */
    public void on(Statement statement) {
        Draft draft = drafts.computeIfAbsent(statement.machine(), Draft::new);
        switch (statement) {
            case Statement.OneService one -> {
                draft.back();
                draft.set(one.service(), one.report());
            }
            case Statement.WholeMachine whole -> {
                draft.back();
                whole.services().forEach(draft::set);
                for (String service : draft.services()) {
                    if (!whole.services().containsKey(service)) {
                        draft.remove(service);
                    }
                }
            }
            case Statement.NotHeardOf _ -> draft.lose();
        }
    }

    /** The changes so far, in the log's order. */
    public List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    /** One machine as it is after the statements so far. */
    private final class Draft {
        private final String machine;
        private final @Nullable KnownMachine known;
        private final Map<String, RunningService> now = new HashMap<>();
        private boolean there;

        Draft(String machine) {
            this.machine = machine;
            this.known = fleet.machine(machine);
            this.there = known != null && !known.lost();
        }

        void back() {
            if (!there) {
                there = true;
                append(Change.Kind.BACK, null, null);
            }
        }

        void lose() {
            if (there) {
                there = false;
                append(Change.Kind.LOST, null, null);
            }
        }

        void set(String service, RunningReport report) {
            RunningService before = service(service);
            if (!Reported.isKnown(before, report)) {
                change(before, Reported.asRunning(machine, service, report, at));
            }
        }

        void remove(String service) {
            RunningService before = service(service);
            if (before != null) {
                change(before, Reported.absent(machine, service, at));
            }
        }

        /** Those that are or were there, by name. */
        Set<String> services() {
            Set<String> names = new TreeSet<>(now.keySet());
            if (known != null) {
                known.services().forEach(running -> names.add(running.service()));
            }
            return names;
        }

        private @Nullable RunningService service(String service) {
            RunningService running = now.get(service);
            if (running == null) {
                return known == null ? null : known.service(service);
            }
            return Fleet.isAbsent(running) ? null : running;
        }

        private void change(@Nullable RunningService before, RunningService after) {
            now.put(after.service(), after);
            append(Change.Kind.SERVICE, after, before == null ? null : before.version());
        }

        private void append(Change.Kind kind, @Nullable RunningService running, @Nullable String previousVersion) {
            changes.add(new Change(++seq, kind, machine, running, previousVersion, at));
        }
    }
}
