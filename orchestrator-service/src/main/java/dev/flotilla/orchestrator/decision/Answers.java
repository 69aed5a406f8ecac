package dev.flotilla.orchestrator.decision;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What others said when they were asked for this decision.
 *
 * @param permits the policy engine's answers; for the machines that {@link RolloutDecider#candidates} names
 * @param presumed true where machines without an answer of the policy engine are taken to be permitted: whoever would be ordered by that is asked
 *     about before he is
 * @param claims device-manager's answers; for the machines that {@link Decision#wishes} names
 * @param strays repairs, by machine, that device-manager says the rollout has and that neither its book nor {@code claims} names: somebody claimed
 *     for it who died, or was overtaken, before that was written down
 * @param usedUp true where broken machines use up the limit of the group, so that device-manager grants no machine that does its work
 */
public record Answers(
        Map<String, Permit> permits,
        boolean presumed,
        Map<String, ClaimAnswer> claims,
        Map<String, String> strays,
        boolean usedUp) {
    public static final Answers NONE = new Answers(Map.of(), Map.of());

    public Answers {
        permits = Map.copyOf(permits);
        claims = Map.copyOf(claims);
        strays = Map.copyOf(strays);
    }

    /** No strays, and a limit with room. */
    public Answers(Map<String, Permit> permits, Map<String, ClaimAnswer> claims) {
        this(permits, false, claims, Map.of(), false);
    }

    @Nullable
    Permit permit(String machine) {
        Permit permit = permits.get(machine);
        return permit == null && presumed ? Permit.ALLOWED : permit;
    }

    /** The claims that were refused. */
    public Map<String, ClaimAnswer> refusals() {
        Map<String, ClaimAnswer> refused = new TreeMap<>();
        claims.forEach((machine, answer) -> {
            if (!answer.granted()) {
                refused.put(machine, answer);
            }
        });
        return refused;
    }

    public Answers withPermits(Map<String, Permit> answers) {
        return new Answers(answers, false, claims, strays, usedUp);
    }

    Answers presumingPermits(Map<String, Permit> answers) {
        return new Answers(answers, true, claims, strays, usedUp);
    }

    /** These answers, and further ones of device-manager. */
    public Answers withClaims(Map<String, ClaimAnswer> more) {
        Map<String, ClaimAnswer> all = new HashMap<>(claims);
        all.putAll(more);
        return new Answers(permits, presumed, all, strays, usedUp);
    }

    /** True where others were in the way of a claim: they may be strays of the rollout's own. */
    boolean crowded() {
        return claims.values().stream().anyMatch(answer -> !answer.granted() && !answer.passedBy());
    }

    public Answers withStrays(Map<String, String> found) {
        return new Answers(permits, presumed, claims, found, usedUp);
    }

    Answers withLimit(boolean usedUp) {
        return new Answers(permits, presumed, claims, strays, usedUp);
    }
}
