package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.simulation.SimService.Answer;
import dev.flotilla.orchestrator.decision.simulation.SimService.Fate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries orders to agents: at once, late, or never; and their answers, or not. */
final class SimNetwork {
    private record Late(SimService to, int life, SimOrder order, Instant arrives) {}

    private final SimWorld world;
    private final List<Late> late = new ArrayList<>();

    SimNetwork(SimWorld world) {
        this.world = world;
    }

    boolean isEmpty() {
        return late.isEmpty();
    }

    /** What the sender hears; null for nothing. */
    @Nullable
    Answer send(SimService to, SimOrder order) {
        if (!to.machine.up || to.machine.rebooting || world.chance(12)) {
            return null;
        }
        if (world.chance(8)) {
            late.add(new Late(to, to.life(), order, world.now.plusSeconds(1 + world.random.nextInt(12))));
            return null;
        }
        Answer answer = take(to, order);
        if (world.chance(12)) {
            world.coverage.saw(Coverage.Event.ANSWER_LOST);
            return null;
        }
        return answer;
    }

    /** What was under way arrives. */
    void deliver() {
        for (int i = 0; i < late.size(); i++) {
            Late message = late.get(i);
            if (!message.arrives().isAfter(world.now)) {
                late.remove(i--);
                // Nothing arrives at an agent that was installed anew: its connections went with the one before.
                boolean there = message.to().life() == message.life();
                if (there && message.to().machine.up && !message.to().machine.rebooting) {
                    take(message.to(), message.order());
                }
            }
        }
    }

    private Answer take(SimService to, SimOrder order) {
        SimOrder before = to.lastOrder();
        boolean fails = world.badVersions.contains(order.version()) || world.chance(14);
        int slow = world.chance(8) ? (int) SimWorld.VALIDITY.toSeconds() + world.random.nextInt(20) : 0;
        if (slow > 0) {
            world.coverage.saw(Coverage.Event.BYTES_CAME_LATE);
        }
        Fate fate = new Fate(slow + world.random.nextInt(4), 1 + world.random.nextInt(2), fails);
        Answer answer = to.take(order, world.now, fate, world.safeguards);
        world.tell("%s is given %s: %s %s", to.machine.name, order, answer, fate);
        switch (answer) {
            case TAKEN -> world.checks.begins(to, order, before);
            case KNOWN -> {}
            case LAPSED -> world.coverage.saw(Coverage.Event.ORDER_LAPSED);
            case OUTDATED ->
                world.coverage.saw(
                        before != null && before.revision() > order.revision()
                                ? Coverage.Event.AGENT_REFUSED_AN_OLD_DEPLOYMENT
                                : Coverage.Event.AGENT_REFUSED_AN_OLD_EPOCH);
        }
        return answer;
    }
}
