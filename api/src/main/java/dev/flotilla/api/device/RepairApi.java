package dev.flotilla.api.device;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Repairs: the one arbiter of all work that disrupts machines. Of one (environment, machine function)
 *
 * <ol>
 *   <li>a machine has one active repair at most;
 *   <li>elective work is in one fault domain at a time, whatever the services and kinds of repair;
 *   <li>no more machines are unavailable, by repair or because they are broken, than its limit allows, except that a machine which is
 *       broken already may always be repaired by force;
 *   <li>who has waited longer goes first: while somebody waits for another fault domain or for the limit, nobody who came later is granted
 *       elective work there that would prolong the wait. Who does not ask again for a minute waits no more.
 * </ol>
 *
 * Claims, renewals, closings need {@code service}, and whoever began a repair for its holder alone renews and closes it, or an {@code operator}; the rest of
 * what changes something needs {@code operator}. The clock is the database's.
 */
public interface RepairApi {
    /**
     * Claims machines: requests, approves and begins a repair of each in one go, or refuses it and says by which rule. Machines are
     * granted one by one, in the order asked. A machine of which the holder has such a repair already is answered with that one, renewed; so
     * asking again is harmless. 400 for a lease out of bounds, or a DEPLOY without a service; 413 for more than 10,000 machines; 422 for a
     * machine named twice.
     */
    @PostExchange("/v1/repairs/claims")
    Claims claim(@RequestBody @Valid ClaimRequest request);

    /**
     * Waits for nothing more: what the holder was refused for a fault domain or the limit makes nobody else wait any longer. Its repairs stay. 204, also
     * where it waits for nothing; what somebody else asked for in its name stays too.
     */
    @DeleteExchange("/v1/repairs/claims")
    void withdraw(
            @RequestParam @Pattern(regexp = ClaimRequest.HOLDER, message = ClaimRequest.HOLDER_ALLOWED) String holder);

    /** Prolongs leases, from now. What is over or another's is answered so, and the rest renewed. 400 and 413 as for a claim. */
    @PostExchange("/v1/repairs/renewals")
    Renewals renew(@RequestBody @Valid RenewalRequest request);

    /**
     * Ends repairs. Ending one again with the same outcome changes nothing. A DEPLOY that FAILED leaves its machine
     * {@link Health#FAILING} until a later DEPLOY of the same service there is DONE or {@link HealthApi#report} says otherwise; a REBOOT or
     * REPAVE that FAILED or EXPIRED does too, until one is DONE. A REBOOT or REPAVE that is DONE puts the machine on {@link Health#PROBATION}; after a
     * REPAVE it has a new incarnation. 400 and 413 as for a claim; 422 for a repair named twice.
     */
    @PostExchange("/v1/repairs/closings")
    Closings close(@RequestBody @Valid ClosingRequest request);

    /**
     * Asks for a reboot or a repave of machines; one {@link RepairState#REQUESTED} repair each, in the order asked. A machine for which the
     * caller asked the same before, forced as now or elective as now, and that was not begun yet, is answered with that one; another reason becomes
     * its reason, and both stand in its history. 422 names the machines that don't exist, or are named
     * twice; then nothing is requested.
     */
    @PostExchange("/v1/repairs")
    List<Repair> request(@RequestBody @Valid RepairRequest request);

    /** Repairs, the newest first, those only that all the given say. Reboots or repaves that are EXPIRED: those first that expired last. */
    @GetExchange("/v1/repairs")
    Page<Repair> repairs(
            @RequestParam(required = false) @Nullable @PlaceName String machine,
            @RequestParam(required = false) @Nullable @PlaceName String environment,
            @RequestParam(required = false) @Nullable @PlaceName String machineFunction,
            @RequestParam(required = false) @Nullable RepairState state,
            @RequestParam(required = false) @Nullable RepairKind kind,
            @RequestParam(required = false, defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** One repair and its history; 404 where there is none. */
    @GetExchange("/v1/repairs/{id}")
    RepairDetail repair(@PathVariable String id);

    /**
     * Brings a repair into a state, by the table in {@link RepairState}. The state that it has already changes nothing. 409 for a
     * transition that is not in the table, with those that are; and for {@link RepairState#ACTIVE} where a rule refuses, with the reason
     * that a claim would be answered with. 400 for {@link RepairState#EXPIRED}, which comes by itself.
     */
    @PutExchange("/v1/repairs/{id}/state")
    RepairDetail putState(@PathVariable String id, @RequestBody @Valid RepairStateChange change);
}
