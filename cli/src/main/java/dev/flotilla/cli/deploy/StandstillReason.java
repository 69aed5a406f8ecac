package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.cli.terminal.Moments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why machines of a deployment wait, over all its rollouts.
 *
 * @param why in the words of the rollout with the most of them
 * @param place that rollout's environment and machine function
 * @param places in how many rollouts it is so
 */
record StandstillReason(Key key, Wait why, String place, int places, int machines) {
    private static final int SHOWN = 3;

    /** What a rollout that goes on is at. */
    static final Set<String> WORKING = Set.of("ordered", "in-progress", "proving", "fetched", "restarting");

    /** The same, and who is asked only now. */
    private static final Set<String> MOVING =
            Stream.concat(WORKING.stream(), Stream.of("repairs", "policy")).collect(Collectors.toUnmodifiableSet());

    /** What makes it the same reason in another rollout, and a while later. */
    record Key(String rule, @Nullable String by, String unblock) {
        private static final Pattern ROLLOUT = Pattern.compile("\\bd\\d+~\\S+");

        static Key of(Wait wait) {
            Authority by = wait.by();
            return new Key(
                    wait.rule(),
                    by == null ? null : shared(by),
                    ROLLOUT.matcher(wait.unblock()).replaceAll("it"));
        }

        /** Who has a say in many rollouts; null for what each has of its own. */
        private static @Nullable String shared(Authority by) {
            return switch (by.kind()) {
                case CALLER, DEPLOYMENT, POLICY, OPT_OUT, TENANT, HOLDER, SERVICE -> by.kind() + " " + by.name();
                case ROLLOUT, OPTION, MAINTENANCE_REQUEST, REPAIR, GROUP_LIMIT, AGENT -> null;
            };
        }
    }

    private record Held(String place, Wait why) {}

    /** The one that the others hang on, in most of the rollouts, and then those with the most machines; three at most. */
    static List<StandstillReason> of(List<RolloutExplanation> rollouts) {
        return of(rollouts, StandstillReason::waited);
    }

    /** Of those that hold machines whatever the rollout is at: not that some are just being changed, nor that others wait for their turn after these. */
    static List<StandstillReason> lasting(List<RolloutExplanation> rollouts) {
        return of(
                rollouts, wait -> waited(wait) && !MOVING.contains(wait.rule()) && !Stop.turn(wait.rule(), wait.by()));
    }

    private static List<StandstillReason> of(List<RolloutExplanation> rollouts, Predicate<Wait> shown) {
        Map<Key, Integer> foremost = new LinkedHashMap<>();
        Map<Key, List<Held>> all = new LinkedHashMap<>();
        for (RolloutExplanation rollout : rollouts) {
            Wait first = rollout.foremost();
            if (first != null) {
                foremost.merge(Key.of(first), first.machines(), Integer::sum);
                rollout.waits().stream()
                        .filter(shown)
                        .forEach(wait -> all.computeIfAbsent(Key.of(wait), any -> new ArrayList<>())
                                .add(new Held(Explanation.place(rollout.rollout()), wait)));
            }
        }
        Key first = foremost.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
        return all.entrySet().stream()
                .map(held -> of(held.getKey(), held.getValue()))
                .sorted(Comparator.<StandstillReason, Boolean>comparing(
                                reason -> !reason.key().equals(first))
                        .thenComparing(reason -> -reason.machines()))
                .limit(SHOWN)
                .toList();
    }

    /** Nobody waits for those that are passed by, have failed for good, or are another's. */
    private static boolean waited(Wait wait) {
        return switch (wait.phase()) {
            case WAITING, FETCHING, SWITCHING, RUNNING -> true;
            case FAILED, EXCUSED, SUPERSEDED -> false;
        };
    }

    private static StandstillReason of(Key key, List<Held> held) {
        Held most = held.stream()
                .max(Comparator.comparingInt(one -> one.why().machines()))
                .orElseThrow();
        return new StandstillReason(
                key,
                most.why(),
                most.place(),
                held.size(),
                held.stream().mapToInt(one -> one.why().machines()).sum());
    }

    String words(Moments moments) {
        return "in " + place + (places == 1 ? ", " : " and " + (places - 1) + " more, such as ")
                + Explanation.held(why, moments);
    }

    String unblock() {
        return why.unblock();
    }
}
