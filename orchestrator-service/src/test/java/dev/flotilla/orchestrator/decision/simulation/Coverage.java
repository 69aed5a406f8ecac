package dev.flotilla.orchestrator.decision.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What happened in a world, and in how many of many worlds. */
final class Coverage {
    enum Event {
        KILLED_BEFORE_TENANTS_ANSWERED,
        KILLED_AFTER_TENANTS,
        KILLED_BETWEEN_CLAIM_AND_WRITE,
        KILLED_BETWEEN_WRITE_AND_SEND,
        KILLED_BETWEEN_SENDS(1000),
        KILLED_BETWEEN_SEND_AND_NOTE,
        KILLED_BEFORE_CLOSE,
        KILLED_BETWEEN_CLOSE_AND_ITS_NOTE,
        KILLED_AT_THE_END,
        /** A paused orchestrator went on with an old decision after another had taken its rollout over. */
        WOKE_WITH_AN_OLD_DECISION,
        WOKE_BEFORE_CLAIM,
        WOKE_BEFORE_WRITE,
        WOKE_BEFORE_SEND,
        WOKE_BEFORE_CLOSE,
        WRITE_FENCED_OFF,
        SEND_FENCED_OFF,
        /** Seldom: other rules keep it from coming so far. */
        AGENT_REFUSED_AN_OLD_EPOCH(0),
        AGENT_REFUSED_AN_OLD_DEPLOYMENT(0),
        ORDER_LAPSED(1000),
        BYTES_CAME_LATE,
        ANSWER_LOST,
        CLOCK_JUMPED,
        MACHINE_CLOCK_WRONG,
        MACHINE_LOST,
        MACHINE_LOST_WHILE_CHANGED,
        MACHINE_CRASHED,
        BROKE_DOWN,
        DRIFTED,
        REPAVED,
        REBOOTED,
        LEASE_EXPIRED(50),
        MOVED,
        RETIRED,
        REGISTRY_AWAY,
        DEVICE_MANAGER_AWAY,
        POLICY_ENGINE_AWAY,
        FROZEN_IN_MID_WAY,
        OPTED_OUT_IN_MID_WAY,
        /** By an override, a machine was changed before those of an earlier fault domain that were deferred. */
        OVERRIDDEN_AHEAD,
        TENANT_ANSWERED,
        TENANT_TIMED_OUT,
        TENANT_ALERTED,
        PAUSED,
        RESUMED,
        ABORTED,
        PROMOTED,
        RETRIED,
        HALTED_BY_ITSELF,
        SUPERSEDED_IN_MID_WAY,
        TWO_SERVICES,
        BAD_VERSION,
        CLAIM_REFUSED_FOR_FAIRNESS,
        CLAIM_REFUSED_FOR_FAULT_DOMAIN,
        CLAIM_REFUSED_FOR_LIMIT,
        STRAY_GIVEN_BACK,
        /** A look was left out: nothing had been heard since one that found nothing to do. */
        RESTED,
        COMPLETED;

        private final int oneIn;

        Event() {
            this(200);
        }

        Event(int oneIn) {
            this.oneIn = oneIn;
        }

        /** At least one world in so many must have it; 0 where none need to. */
        int oneIn() {
            return oneIn;
        }
    }

    private final Set<Event> events = EnumSet.noneOf(Event.class);

    void saw(Event event) {
        events.add(event);
    }

    Set<Event> events() {
        return events;
    }

    /** Sums worlds up. */
    static final class Sum {
        private final Map<Event, Integer> worlds = new EnumMap<>(Event.class);

        synchronized void add(Coverage world) {
            world.events().forEach(event -> worlds.merge(event, 1, Integer::sum));
        }

        int worlds(Event event) {
            return worlds.getOrDefault(event, 0);
        }

        @Override
        public String toString() {
            return worlds.toString();
        }
    }
}
