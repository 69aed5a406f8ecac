package dev.flotilla.orchestrator.decision.simulation;

/** Names the moments at which a process can die, or wake up too late. */
final class Crashes {
    private Crashes() {}

    /** What it is to die now, before the next step of a look. */
    static Coverage.Event event(Look look) {
        return switch (look.stage()) {
            case POLICIES, TENANTS -> Coverage.Event.KILLED_BEFORE_TENANTS_ANSWERED;
            case CLAIM -> Coverage.Event.KILLED_AFTER_TENANTS;
            case STRAYS, WRITE -> Coverage.Event.KILLED_BETWEEN_CLAIM_AND_WRITE;
            case SIGN, SEND ->
                look.hasSent() ? Coverage.Event.KILLED_BETWEEN_SENDS : Coverage.Event.KILLED_BETWEEN_WRITE_AND_SEND;
            case NOTE -> Coverage.Event.KILLED_BETWEEN_SEND_AND_NOTE;
            case CLOSE -> Coverage.Event.KILLED_BEFORE_CLOSE;
            case CLOSED -> Coverage.Event.KILLED_BETWEEN_CLOSE_AND_ITS_NOTE;
            case FINISH, OVER -> Coverage.Event.KILLED_AT_THE_END;
        };
    }

    /** A look goes on that somebody else has taken over. */
    static void woke(Look look) {
        Coverage seen = look.world.coverage;
        seen.saw(Coverage.Event.WOKE_WITH_AN_OLD_DECISION);
        switch (look.stage()) {
            case POLICIES, TENANTS, CLAIM, STRAYS -> seen.saw(Coverage.Event.WOKE_BEFORE_CLAIM);
            case WRITE -> seen.saw(Coverage.Event.WOKE_BEFORE_WRITE);
            case SIGN, SEND -> seen.saw(Coverage.Event.WOKE_BEFORE_SEND);
            case CLOSE -> seen.saw(Coverage.Event.WOKE_BEFORE_CLOSE);
            case NOTE, CLOSED, FINISH, OVER -> {}
        }
    }
}
