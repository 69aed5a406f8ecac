package dev.flotilla.orchestrator.observe;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.orchestrator.decision.Answers;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Goal;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Obstacle;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Outlook;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.Planner;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Rule;
import dev.flotilla.orchestrator.rollout.Claim;
import dev.flotilla.orchestrator.rollout.OrderBook;
import dev.flotilla.orchestrator.rollout.Rollout;
import dev.flotilla.orchestrator.rollout.Rollouts;
import dev.flotilla.orchestrator.world.FleetWatch;
import dev.flotilla.orchestrator.world.Interests;
import dev.flotilla.orchestrator.world.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the world into the view of one rollout. What can't be read becomes an obstacle in it. */
@Component
public class RolloutObserver {
    private final Rollouts rollouts;
    private final OrderBook orders;
    private final World world;
    private final Permits permits;
    private final PaceProperties pace;

    /** What goes on outside. */
    @Component
    record World(FleetWatch fleet, Topology topology, Interests interests) {}

    RolloutObserver(Rollouts rollouts, OrderBook orders, World world, Permits permits, PaceProperties pace) {
        this.rollouts = rollouts;
        this.orders = orders;
        this.world = world;
        this.permits = permits;
        this.pace = pace;
    }

    /** The rollout as it is now, the policy engine's answers about all machines and the other rollouts' counts included. */
    public Observation observe(Rollout rollout, Instant now) {
        Observation watched = watch(rollout, orders.of(rollout.id()), now);
        RolloutView view = counted(rollout, watched.view());
        List<String> candidates = RolloutDecider.candidates(view, now);
        if (!candidates.isEmpty()) {
            view = permitted(view, () -> permits.ask(rollout, candidates, watched.devices()));
        }
        return new Observation(rollout, view, watched.orders(), watched.devices(), now);
    }

    /** The rollout as it is now, for the one who drives it; nobody is asked for anything. */
    public Observation watch(Rollout rollout, Instant now) {
        return watch(rollout, orders.of(rollout.id(), rollout.epoch()), now);
    }

    private Observation watch(Rollout rollout, Map<String, OrderRecord> given, Instant now) {
        Topology.Machines machines = world.topology().of(rollout);
        // Before the machines are looked at: what changes then is heard of.
        world.interests().set(rollout.id(), rollout.service(), names(rollout, machines));
        return new Observation(rollout, view(rollout, machines, given, now), given, machines.machines(), now);
    }

    private static Collection<String> names(Rollout rollout, Topology.Machines machines) {
        List<String> named = rollout.machines();
        return named != null ? named : machines.machines().keySet();
    }

    /**
     * The same to plan by: with the policy engine's answers for all that it still has to change.
     *
     * @param resumed true to see it as if it were resumed now where it is halted
     */
    public Observation observeForPlan(Rollout rollout, boolean resumed, Instant now) {
        return forPlan(rollout, world.topology().of(rollout), orders.of(rollout.id()), resumed, now);
    }

    /** The same of a rollout that is not declared yet; nothing of it is remembered. Throws where device-manager gives no answer. */
    public Observation observeUndeclared(Rollout rollout, Instant now) {
        return forPlan(rollout, world.topology().once(rollout), Map.of(), false, now);
    }

    private Observation forPlan(
            Rollout rollout, Topology.Machines machines, Map<String, OrderRecord> given, boolean resumed, Instant now) {
        RolloutView found = counted(rollout, view(rollout, machines, given, now));
        RolloutView view = resumed ? Planner.resumed(found, now) : found;
        List<String> candidates = Planner.candidates(view, now);
        Outlook outlook = Outlook.NONE;
        if (!candidates.isEmpty()) {
            try {
                Permits.Preview preview = permits.preview(rollout, candidates, machines.machines());
                view = view.withPermits(preview.permits());
                outlook = preview.outlook();
            } catch (RuntimeException e) {
                view = unanswered(view, e);
            }
        }
        return new Observation(rollout, view, given, machines.machines(), now, outlook);
    }

    /** What was observed, as if the rollout, which is halted or ended, went on now: with the policy engine's answers for all that it would still change. */
    public RolloutView goneOn(Observation observed, Instant now) {
        RolloutView view = observed.view().goneOn(now);
        List<String> candidates = Planner.candidates(view, now);
        return candidates.isEmpty()
                ? view
                : permitted(view, () -> permits.asOfNow(observed.rollout(), candidates, observed.devices()));
    }

    private RolloutView counted(Rollout rollout, RolloutView view) {
        return rollout.state() == DeploymentState.ROLLING_OUT ? view.withElsewhere(rollouts.elsewhere(rollout)) : view;
    }

    private static RolloutView permitted(RolloutView view, Supplier<Map<String, Permit>> answers) {
        try {
            return view.withPermits(answers.get());
        } catch (RuntimeException e) {
            return unanswered(view, e);
        }
    }

    private static RolloutView unanswered(RolloutView view, RuntimeException e) {
        return view.withObstacle(new Obstacle(Rule.POLICY, "the policy engine gave no answer: " + e.getMessage()));
    }

    private RolloutView view(Rollout rollout, Topology.Machines machines, Map<String, OrderRecord> given, Instant now) {
        List<Claim> newer = rollouts.newerThan(rollout);
        List<MachineView> views = machineViews(rollout, machines, names(rollout, machines), newer, given);
        Instant since = world.fleet().since(now);
        List<Obstacle> obstacles = new ArrayList<>();
        if (machines.trouble() != null) {
            obstacles.add(new Obstacle(Rule.TOPOLOGY, "the topology can't be read: " + machines.trouble()));
        }
        if (since == null) {
            obstacles.add(new Obstacle(
                    Rule.REGISTRY,
                    "what runs where is not known now: " + world.fleet().trouble()));
        }
        return new RolloutView(
                rollout.id(),
                rollout.environment() + '/' + rollout.machineFunction(),
                new Goal(
                        rollout.deployment(),
                        rollout.revision(),
                        rollout.service(),
                        rollout.version(),
                        rollout.payload().sha256(),
                        rollout.payload().size()),
                new Course(
                        rollout.state(),
                        rollout.reason(),
                        replacedBy(rollout, newer),
                        rollout.progressedAt(),
                        rollout.promotedAt()),
                Limits.of(rollout.options()),
                pace.of(rollout.options(), rollout.payload().size()),
                views,
                Elsewhere.NOTHING,
                Answers.NONE,
                obstacles,
                since);
    }

    private List<MachineView> machineViews(
            Rollout rollout,
            Topology.Machines machines,
            Collection<String> names,
            List<Claim> newer,
            Map<String, OrderRecord> given) {
        return names.stream()
                .map(name -> {
                    Machine device = machines.machines().get(name);
                    OrderRecord order = given.get(name);
                    boolean ahead = order != null && order.state() == OrderState.AHEAD;
                    return new MachineView(
                            name,
                            device == null ? "" : device.faultDomain(),
                            newer.stream()
                                    .filter(claim -> claim.covers(name))
                                    .map(Claim::deployment)
                                    .findFirst()
                                    .orElse(null),
                            machines.trouble() == null ? gone(rollout, device) : null,
                            world.fleet().sight(name, rollout.service()),
                            ahead ? null : order,
                            ahead ? order : null);
                })
                .toList();
    }

    private static @Nullable String gone(Rollout rollout, @Nullable Machine device) {
        if (device == null) {
            return "it is retired: device-manager knows it no more";
        }
        boolean here = device.environment().equals(rollout.environment())
                && device.machineFunction().equals(rollout.machineFunction());
        return here ? null : "it has moved to " + device.environment() + '/' + device.machineFunction();
    }

    private static @Nullable String replacedBy(Rollout rollout, List<Claim> newer) {
        List<String> named = rollout.machines();
        for (Claim claim : newer) {
            if (claim.machines() == null) {
                return claim.deployment();
            }
        }
        boolean all = named != null
                && !newer.isEmpty()
                && named.stream().allMatch(name -> newer.stream().anyMatch(claim -> claim.covers(name)));
        return all ? newer.getFirst().deployment() : null;
    }
}
