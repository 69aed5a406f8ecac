package dev.flotilla.policy.maintenance;

import dev.flotilla.api.Names;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent;
import dev.flotilla.api.policy.maintenance.MaintenanceIntent.Share;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.platform.problem.ProblemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can't be meant: a 400 that names the field. */
final class IntentCheck {
    private static final int MOST_MACHINES = 20_000;
    private static final int MOST_TENANTS = 100;
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final String TO_LONGEST = " to P30D";

    private IntentCheck() {}

    static void check(MaintenanceIntent intent) {
        if (intent.current() != null && intent.finished() != null) {
            throw ProblemException.badRequest("current", "must be null where finished is given", intent.current());
        }
        Duration estimate = intent.impact().estimatedDuration();
        if (estimate.isNegative() || estimate.compareTo(LONGEST) > 0) {
            throw ProblemException.badRequest(
                    "impact.estimatedDuration", "must be from nothing" + TO_LONGEST, estimate);
        }
        Set<String> tenants = new HashSet<>();
        Set<String> machines = new HashSet<>();
        for (int i = 0; i < intent.tenants().size(); i++) {
            Share share = intent.tenants().get(i);
            if (!tenants.add(share.tenant())) {
                throw ProblemException.badRequest("tenants[" + i + "].tenant", "is named twice", share.tenant());
            }
            machines(i, share, machines);
        }
    }

    private static void machines(int share, Share of, Set<String> seen) {
        for (Map.Entry<String, List<String>> domain : of.faultDomains().entrySet()) {
            for (String machine : domain.getValue()) {
                if (!seen.add(machine)) {
                    throw ProblemException.badRequest(
                            "tenants[" + share + "].faultDomains[" + domain.getKey() + "]",
                            "names a machine that is named before",
                            machine);
                }
            }
        }
        if (seen.size() > MOST_MACHINES) {
            throw ProblemException.badRequest(
                    "tenants", "must not have more than " + MOST_MACHINES + " machines together", seen.size());
        }
    }

    static void tenants(List<String> tenants) {
        if (tenants.size() > MOST_TENANTS) {
            throw ProblemException.badRequest("tenant", "must not be more than " + MOST_TENANTS, tenants.size());
        }
        tenants.stream().filter(tenant -> !Names.isPlace(tenant)).findFirst().ifPresent(tenant -> {
            throw ProblemException.badRequest("tenant", "must be the name of a tenant", tenant);
        });
    }

    static void check(TenantSettings settings) {
        check("deadline", settings.deadline(), Duration.ofSeconds(1));
        check("delayAllowance", settings.delayAllowance(), Duration.ZERO);
    }

    private static void check(String field, @Nullable Duration duration, Duration least) {
        if (duration != null && (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0)) {
            throw ProblemException.badRequest(field, "must be from " + least + TO_LONGEST, duration);
        }
    }
}
