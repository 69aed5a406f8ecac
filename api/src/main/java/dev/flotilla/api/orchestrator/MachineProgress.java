package dev.flotilla.api.orchestrator;

import dev.flotilla.api.registry.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one machine stands in a deployment, and why.
 *
 * <p>{@code since} is the moment from which what is said has held without a break, as far as that is known:
 *
 * <ul>
 *   <li>done, proving itself, starting again, carrying an order out: when the registry took in the last change of the service there; for an order
 *       of which nothing was reported yet, when it was given;
 *   <li>a failed attempt: when it was found to have failed; so for a machine that is set aside;
 *   <li>waiting for its turn (fault domain, canary, limit of the deployment): the start of the rollout, the last time that it was resumed, the moment
 *       from which the fault domain that is changed now came first, or the machine's own last change, whichever was last. It says nothing of machines
 *       that joined the group later;
 *   <li>refused by a policy or by device-manager: when that rule refused it first, of the looks in a row at which it was asked about; for a repair of
 *       another, when that began; for a tenant's answer, when the tenant was asked;
 *   <li>halted or ended: when that was decided; overtaken: when the newer deployment was taken up; lost: when it was last known to report;
 *   <li>null where none of that is known: nothing is made up.
 * </ul>
 *
 * @param rollout the rollout it belongs to
 * @param reason what it waits for, why it failed or is excused, or that it is done; in words for a person
 * @param rule the name of the rule behind the reason, such as {@code max-unavailable}, {@code retry-backoff}, {@code opt-out}
 * @param since since when; see above
 * @param until when the wait ends, where that is known
 * @param by whose rule it is, who has a say; null for a machine that is done, or where that is not known
 * @param unblock what would bring it on, in words for a person
 * @param then what would hold it next if its rollout, which is halted or ended, went on now; null where nothing would, where the rollout goes on, and
 *     where it can't go on any more because it is rolled back
 * @param runningVersion what its agent runs of the service; null for nothing, or where that is not known
 * @param runningState how that fares, as last reported: it may have crashed; null where {@code runningVersion} is
 * @param attempts how many orders it was given
 */
public record MachineProgress(
        String machine,
        String rollout,
        String faultDomain,
        MachinePhase phase,
        String reason,
        String rule,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Authority by,
        String unblock,
        @Nullable Prospect then,
        @Nullable String runningVersion,
        @Nullable RunState runningState,
        int attempts) {}
