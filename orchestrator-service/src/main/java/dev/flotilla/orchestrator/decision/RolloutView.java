package dev.flotilla.orchestrator.decision;

import dev.flotilla.api.orchestrator.DeploymentState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a rollout's decision depends on, at one moment.
 *
 * @param rollout its id
 * @param group the environment and machine function, in words
 * @param machines all its machines
 * @param obstacles what could not be observed
 * @param registrySince since when the registry has been followed without a break; null while it is not
 */
public record RolloutView(
        String rollout,
        String group,
        Goal goal,
        Course course,
        Limits limits,
        Pace pace,
        List<MachineView> machines,
        Elsewhere elsewhere,
        Answers answers,
        List<Obstacle> obstacles,
        @Nullable Instant registrySince) {

    public RolloutView {
        machines = List.copyOf(machines);
        obstacles = List.copyOf(obstacles);
    }

    public DeploymentState state() {
        return course.state();
    }

    public @Nullable String replaced() {
        return course.replaced();
    }

    public Map<String, Permit> permits() {
        return answers.permits();
    }

    public Map<String, ClaimAnswer> claims() {
        return answers.claims();
    }

    /** What the policy engine says of a machine; null where it was not asked. */
    @Nullable
    Permit permit(String machine) {
        return answers.permit(machine);
    }

    /** The same view with the policy engine's answers in it. */
    public RolloutView withPermits(Map<String, Permit> permits) {
        return with(answers.withPermits(permits), obstacles);
    }

    /** The same view with answers of the policy engine in it; machines that are not among them are taken to be permitted. */
    public RolloutView presumingPermits(Map<String, Permit> permits) {
        return with(answers.presumingPermits(permits), obstacles);
    }

    /** True where the two differ in no more than what was answered and could not be observed. */
    boolean showsTheSameAs(RolloutView other) {
        return machines == other.machines
                && goal == other.goal
                && course == other.course
                && limits == other.limits
                && pace == other.pace
                && Objects.equals(registrySince, other.registrySince);
    }

    /** The same view with further answers of device-manager in it. */
    public RolloutView withClaims(Map<String, ClaimAnswer> more) {
        return with(answers.withClaims(more), obstacles);
    }

    /** The same view with whether broken machines use up the limit of the group. */
    public RolloutView withLimit(boolean usedUp) {
        return with(answers.withLimit(usedUp), obstacles);
    }

    /** When it has made no progress for too long, unless it makes some before. */
    public Instant progressDeadline() {
        return course.progressedAt().plus(pace.progressDeadline());
    }

    /** The same view if the rollout, which is halted or ended, went on now. */
    public RolloutView goneOn(Instant now) {
        return FutureViews.goneOn(this, now);
    }

    /** True where it is worth asking device-manager what the rollout has that its book does not name. */
    public boolean mayHaveStrays() {
        return obstacles.isEmpty() && answers.crowded();
    }

    /**
     * The same view with what nobody of the rollout knows of in it.
     *
     * @param held the repairs that device-manager says the rollout has, by machine
     * @param book all its orders, those of machines that have gone too
     */
    public RolloutView withHeld(Map<String, String> held, Collection<OrderRecord> book) {
        Set<@Nullable String> known = new HashSet<>();
        book.forEach(order -> known.add(order.repair()));
        answers.claims().values().forEach(claim -> known.add(claim.repair()));
        Map<String, String> strays = new HashMap<>(held);
        strays.values().removeAll(known);
        return with(answers.withStrays(strays), obstacles);
    }

    /** The same view with what the other rollouts of the deployment count. */
    public RolloutView withElsewhere(Elsewhere counts) {
        return new RolloutView(
                rollout, group, goal, course, limits, pace, machines, counts, answers, obstacles, registrySince);
    }

    /** The same view with one more thing that could not be observed. */
    public RolloutView withObstacle(Obstacle obstacle) {
        List<Obstacle> all = new ArrayList<>(obstacles);
        all.add(obstacle);
        return with(answers, all);
    }

    private RolloutView with(Answers answers, List<Obstacle> obstacles) {
        return new RolloutView(
                rollout, group, goal, course, limits, pace, machines, elsewhere, answers, obstacles, registrySince);
    }
}
