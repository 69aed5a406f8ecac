package dev.flotilla.console.fleet;

import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import org.jspecify.annotations.Nullable;

/** What sets a machine apart from those that just run. The worse ones first: a machine has the first that applies. */
enum Mark {
    LOST("lost", "?", "lost: not heard of for three intervals"),
    CRASHED("crashed", "!", "crashed"),
    FAILED("failed", "\u00d7", "last order failed"),
    CHANGING("changing", "\u2026", "changing"),
    FETCHED("fetched", "\u2193", "new version fetched, waits for a fresh order"),
    STOPPED("stopped", "\u25a1", "stopped"),
    SILENT("silent", "", "never reported"),
    NONE("", "", "running");

    private final String css;
    private final String symbol;
    private final String words;

    Mark(String css, String symbol, String words) {
        this.css = css;
        this.symbol = symbol;
        this.words = words;
    }

    String css() {
        return css;
    }

    String symbol() {
        return symbol;
    }

    String words() {
        return words;
    }

    static Mark of(@Nullable MachineStatus status, @Nullable RunningService running) {
        if (status == null) {
            return SILENT;
        }
        if (status.lost()) {
            return LOST;
        }
        if (running == null) {
            return NONE;
        }
        if (running.state() == RunState.CRASHED) {
            return CRASHED;
        }
        OrderPhase phase =
                running.order() == null ? OrderPhase.DONE : running.order().phase();
        if (phase == OrderPhase.FAILED) {
            return FAILED;
        }
        if (phase == OrderPhase.FETCHED && running.state() != RunState.STARTING) {
            return FETCHED;
        }
        if (phase != OrderPhase.DONE || running.state() == RunState.STARTING) {
            return CHANGING;
        }
        return running.state() == RunState.STOPPED && running.version() != null ? STOPPED : NONE;
    }
}
