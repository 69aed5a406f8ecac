package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.orchestrator.decision.Amount;
import dev.flotilla.orchestrator.decision.Answers;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Goal;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderIds;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Outlook;
import dev.flotilla.orchestrator.decision.Pace;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A seeded rollout at any moment of its life: just declared, or with one fault domain under way, among machines with all that may befall them. */
final class RandomRollout {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ID = "d7~prod~web";
    private static final Pace PACE = new Pace(
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    private final Random random;
    private final Map<String, Permit> permits = new HashMap<>();
    private final Map<String, ClaimAnswer> claims = new HashMap<>();
    private final List<MachineView> machines = new ArrayList<>();
    final Duration change;
    final int places;
    final Limits limits;
    /** True where nobody waits for a policy: then it is known to the second what happens when. */
    boolean prompt = true;
    /** True where nothing is under way yet, and nothing is mended. */
    boolean fresh = true;
    /** What policies will say: nothing new, a freeze of all, or something else of each machine. */
    final Outlook outlook;
    /** The machines of which they will say something else than of others. */
    final Set<String> unsteady = new HashSet<>();

    RandomRollout(long seed) {
        random = new Random(seed);
        change = Duration.ofSeconds(1 + random.nextInt(5));
        places = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : Integer.MAX_VALUE;
        limits = new Limits(
                Amount.parse(List.of("1", "2", "20%", "50%", "100%").get(random.nextInt(5))),
                Amount.parse("100%"),
                3,
                Amount.parse(List.of("0", "0", "1", "2", "20%").get(random.nextInt(5))),
                Duration.ofSeconds(random.nextInt(8)));
        int domains = 1 + random.nextInt(5);
        boolean begun = random.nextInt(3) == 0;
        int number = 1 + random.nextInt(25);
        for (int i = 1; i <= number; i++) {
            String name = "m" + i;
            String domain = "fd" + (1 + random.nextInt(domains));
            permits.put(name, Permit.ALLOWED);
            machines.add(
                    begun && domain.equals("fd1") && random.nextBoolean() ? begun(name, domain) : any(name, domain));
        }
        outlook = switch (random.nextInt(4)) {
            case 0 -> frozen();
            case 1 -> unsteady();
            default -> Outlook.NONE;
        };
    }

    /** So many seconds make who just misses the beginning of a freeze, and who is waited for when it ends. */
    long late() {
        return outlook.equals(Outlook.NONE)
                ? 0
                : 2 * change.plus(limits.minHealthyTime()).toSeconds();
    }

    /** All but those that are refused already. */
    private Outlook frozen() {
        Instant from = NOW.plusSeconds(1 + random.nextInt(60));
        Instant until = from.plusSeconds(1 + random.nextInt(200));
        Permit freeze = new Permit(Effect.DEFER, "a freeze to come", "freeze", until);
        Map<String, List<Outlook.Change>> changes = new HashMap<>();
        permits.forEach((machine, permit) -> {
            if (permit.effect() == Effect.ALLOW) {
                changes.put(
                        machine, List.of(new Outlook.Change(from, freeze), new Outlook.Change(until, Permit.ALLOWED)));
            }
        });
        if (!prompt) {
            unsteady.addAll(changes.keySet());
        }
        return new Outlook(changes, NOW.plusSeconds(1000), Set.of());
    }

    private Outlook unsteady() {
        Map<String, List<Outlook.Change>> changes = new HashMap<>();
        permits.forEach((machine, permit) -> {
            if (permit.effect() == Effect.DENY) {
                return;
            }
            List<Outlook.Change> later = new ArrayList<>();
            Instant at = NOW;
            for (int i = random.nextInt(4); i > 0; i--) {
                at = at.plusSeconds(1 + random.nextInt(40));
                later.add(new Outlook.Change(
                        at,
                        random.nextBoolean()
                                ? Permit.ALLOWED
                                : new Permit(
                                        Effect.DEFER,
                                        "a freeze to come",
                                        "freeze",
                                        at.plusSeconds(1 + random.nextInt(60)))));
            }
            if (!later.isEmpty()) {
                prompt = false;
                changes.put(machine, later);
                unsteady.add(machine);
            }
        });
        return new Outlook(changes, NOW.plusSeconds(1000), Set.of());
    }

    RolloutView view() {
        return new RolloutView(
                ID,
                "prod~web",
                new Goal("d7", 7, "hello", "2.0", "x", 1000),
                new Course(DeploymentState.ROLLING_OUT, null, null, NOW, null),
                limits,
                PACE,
                machines,
                Elsewhere.NOTHING,
                new Answers(permits, claims),
                List.of(),
                NOW.minusSeconds(3600));
    }

    private MachineView any(String name, String domain) {
        MachineView old = machine(name, domain, running(name, "1.0", NOW.minusSeconds(500)), null);
        return switch (random.nextInt(24)) {
            case 0 -> machine(name, domain, running(name, "2.0", NOW.minusSeconds(500)), null);
            case 1 -> new MachineView(name, domain, null, null, null, null);
            case 2 -> new MachineView(name, domain, null, null, new Sight(NOW.minusSeconds(60), true, null), null);
            case 3 -> new MachineView(name, domain, "d9", null, old.sight(), null);
            case 4 -> new MachineView(name, domain, null, "it is retired", old.sight(), null);
            case 5 -> {
                claims.put(name, new ClaimAnswer(null, "active-repair", "under a repave", null, true));
                yield old;
            }
            case 6 -> policy(old, Effect.DENY, null);
            case 7 ->
                policy(old, Effect.DEFER, random.nextInt(4) == 0 ? null : NOW.plusSeconds(5 + random.nextInt(150)));
            default -> old;
        };
    }

    private MachineView begun(String name, String domain) {
        fresh = false;
        RunningService before = running(name, "1.0", NOW.minusSeconds(500));
        return switch (random.nextInt(5)) {
            case 0 -> machine(name, domain, before, order(name, OrderState.ACCEPTED, 0, true));
            case 1 ->
                machine(name, domain, running(name, "2.0", NOW.minusSeconds(1)), order(name, OrderState.DONE, 0, true));
            case 2 -> machine(name, domain, before, order(name, OrderState.FAILED, 1, true));
            case 3 ->
                limits.canaryMachines().value() > 0
                        ? machine(name, domain, before, null)
                        : machine(name, domain, before, order(name, OrderState.DONE, 0, false));
            default ->
                new MachineView(
                        name,
                        domain,
                        null,
                        null,
                        new Sight(NOW.minusSeconds(20), true, before),
                        order(name, OrderState.SUSPENDED, 0, false));
        };
    }

    private MachineView policy(MachineView machine, Effect effect, @Nullable Instant until) {
        prompt &= effect == Effect.DENY;
        permits.put(machine.name(), new Permit(effect, "freeze", "freeze", until));
        return machine;
    }

    private static MachineView machine(
            String name, String domain, RunningService running, @Nullable OrderRecord order) {
        return new MachineView(name, domain, null, null, new Sight(NOW, false, running), order);
    }

    private static RunningService running(String machine, String version, Instant since) {
        return new RunningService(machine, "hello", version, RunState.RUNNING, null, 0, null, null, since);
    }

    private static OrderRecord order(String machine, OrderState state, int failures, boolean held) {
        return new OrderRecord(
                machine,
                1,
                OrderIds.of(ID, machine, 1),
                state,
                failures,
                1,
                NOW.minusSeconds(6),
                NOW.plusSeconds(54),
                NOW.plusSeconds(2),
                false,
                false,
                held ? "r-" + machine : null,
                null);
    }
}
