package dev.flotilla.orchestrator.rollout;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Since when policies refuse machines, for whoever asks. Written when somebody is refused or permitted anew, and kept in memory under the epoch
 * that it was written with: while the rollout still has it, nobody else has written any.
 */
@Repository
public class PolicyRefusals {
    /** Nobody was asked where these are what a machine waits for. */
    private static final Set<String> UNASKED =
            Set.of(Rule.REGISTRY.id(), Rule.TOPOLOGY.id(), Rule.POLICY.id(), Rule.REPAIRS.id());

    private static final long MOST = 2_000_000;

    /** Machines that a policy has refused since the same moment, as stored: a thousand of them in one line. */
    private record Group(String policy, Instant since, List<String> machines) {}

    private record Kept(long epoch, Map<String, PolicyRefusal> refusals) {}

    /** What was refused until now, and is from now on. */
    record Change(Map<String, PolicyRefusal> before, Map<String, PolicyRefusal> after) {
        boolean none() {
            return before.equals(after);
        }
    }

    private final JdbcClient jdbc;
    private final Cache<String, Kept> kept = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((String rollout, Kept refusals) -> 1 + refusals.refusals().size())
            .build();

    PolicyRefusals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The machines of a rollout that policies refused at its last look. */
    public Map<String, PolicyRefusal> of(String rollout) {
        Map<String, PolicyRefusal> refusals = new TreeMap<>();
        jdbc.sql("select policy_refusals from rollout where id = :id")
                .param("id", rollout)
                .query(String.class)
                .optional()
                .map(PolicyRefusals::groups)
                .orElse(List.of())
                .forEach(group -> {
                    PolicyRefusal refusal = new PolicyRefusal(group.policy(), group.since());
                    group.machines().forEach(machine -> refusals.put(machine, refusal));
                });
        return refusals;
    }

    private static List<Group> groups(String json) {
        return JsonMapper.shared().readValue(json, new TypeReference<>() {});
    }

    /** What a decision says anew of it. */
    Change change(Rollout rollout, Decision decision, Instant now) {
        Kept known = kept.getIfPresent(rollout.id());
        if (known == null || known.epoch() != rollout.epoch()) {
            known = new Kept(rollout.epoch(), of(rollout.id()));
            kept.put(rollout.id(), known);
        }
        Map<String, PolicyRefusal> before = known.refusals();
        Map<String, PolicyRefusal> after = new TreeMap<>();
        decision.standings().forEach((machine, standing) -> {
            PolicyRefusal refusal = refusal(before.get(machine), standing, now);
            if (refusal != null) {
                after.put(machine, refusal);
            }
        });
        return new Change(before, after);
    }

    private static @Nullable PolicyRefusal refusal(
            @Nullable PolicyRefusal before, MachineStanding standing, Instant now) {
        return switch (standing.origin()) {
            case POLICY ->
                before != null && before.policy().equals(standing.rule())
                        ? before
                        : new PolicyRefusal(standing.rule(), now);
            case ROLLOUT, CLAIM -> UNASKED.contains(standing.rule()) ? before : null;
        };
    }

    /**
     * Writes it down, in the caller's transaction.
     *
     * @param epoch the new one, which nobody but the caller has
     */
    void write(Rollout rollout, long epoch, Change change) {
        if (!change.none()) {
            jdbc.sql("update rollout set policy_refusals = :refusals::jsonb where id = :id")
                    .param("refusals", JsonMapper.shared().writeValueAsString(groups(change.after())))
                    .param("id", rollout.id())
                    .update();
        }
        kept.put(rollout.id(), new Kept(epoch, change.after()));
    }

    private static List<Group> groups(Map<String, PolicyRefusal> refusals) {
        Map<PolicyRefusal, Group> groups = new LinkedHashMap<>();
        refusals.forEach((machine, refusal) -> groups.computeIfAbsent(
                        refusal, same -> new Group(same.policy(), same.since(), new ArrayList<>()))
                .machines()
                .add(machine));
        return List.copyOf(groups.values());
    }
}
