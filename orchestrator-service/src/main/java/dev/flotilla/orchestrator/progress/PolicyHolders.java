package dev.flotilla.orchestrator.progress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.orchestrator.decision.Permit;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Who answers for policies and opt-outs; asked of the policy engine, and remembered for a while. */
@Component
class PolicyHolders {
    /** So many are asked for at once; more make no explanation better. */
    private static final int ASKED = 20;

    private static final int MOST = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private record Name(Kind kind, String name) {
        private boolean asked() {
            return switch (kind) {
                case POLICY, OPT_OUT -> true;
                case OVERRIDE, MAINTENANCE_REQUEST -> false;
            };
        }
    }

    private final PolicyApi optOuts;
    private final RulesApi policies;
    private final Cache<Name, String> holders =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    PolicyHolders(PolicyApi optOuts, RulesApi policies) {
        this.optOuts = optOuts;
        this.policies = policies;
    }

    /** The holders of what refuses machines, by {@link #key}; those that can't be known are missing. */
    Map<String, String> of(Collection<Permit> permits) {
        Set<Name> names = new LinkedHashSet<>();
        permits.forEach(permit -> {
            String policy = permit.policy();
            if (permit.effect() != Effect.ALLOW && policy != null && permit.kind() != null) {
                names.add(new Name(permit.kind(), policy));
            }
        });
        Map<String, String> found = new HashMap<>();
        int asked = 0;
        for (Name name : names) {
            String holder = holders.getIfPresent(name);
            if (holder == null && name.asked() && asked < ASKED) {
                asked++;
                holder = ask(name).orElse(null);
                if (holder != null) {
                    holders.put(name, holder);
                }
            }
            if (holder != null) {
                found.put(key(name.kind(), name.name()), holder);
            }
        }
        return found;
    }

    /** Under which the holder of one is found. */
    static String key(Kind kind, String name) {
        return kind + " " + name;
    }

    private Optional<String> ask(Name name) {
        try {
            return switch (name.kind()) {
                case POLICY -> Optional.of(policies.policy(name.name()).changedBy());
                case OPT_OUT -> Optional.of(optOuts.optOut(name.name()).createdBy());
                case OVERRIDE, MAINTENANCE_REQUEST -> Optional.empty();
            };
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
