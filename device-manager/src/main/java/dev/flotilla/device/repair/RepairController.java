package dev.flotilla.device.repair;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.Claims;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.ClosingRequest.Closing;
import dev.flotilla.api.device.Closings;
import dev.flotilla.api.device.RenewalRequest;
import dev.flotilla.api.device.Renewals;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairDetail;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairRequest;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.device.RepairStateChange;
import dev.flotilla.platform.paging.Limits;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes requests about repairs, and refuses what can't be meant. */
@RestController
class RepairController implements RepairApi {
    private static final int LARGEST_PAGE = 10_000;
    private static final Set<RepairState> OUTCOMES =
            Set.of(RepairState.DONE, RepairState.FAILED, RepairState.CANCELLED);

    private final Claiming claiming;
    private final Leases leases;
    private final Repairs repairs;
    private final RepairRequests requests;
    private final RepairSteps steps;

    RepairController(Claiming claiming, Leases leases, Repairs repairs, RepairRequests requests, RepairSteps steps) {
        this.claiming = claiming;
        this.leases = leases;
        this.repairs = repairs;
        this.requests = requests;
        this.steps = steps;
    }

    @Override
    public Claims claim(ClaimRequest request) {
        Caller.current().require(Role.SERVICE);
        Batches.check("machines", request.machines());
        Batches.checkLease(request.lease());
        if ((request.kind() == RepairKind.DEPLOY) != (request.service() != null)) {
            throw ProblemException.badRequest(
                    "service", "must be given for a DEPLOY, and for a DEPLOY only", request.service());
        }
        return claiming.claim(request, by(request.holder()));
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void withdraw(String holder) {
        Caller.current().require(Role.SERVICE);
        claiming.withdraw(holder, claimant(holder));
    }

    @Override
    public Renewals renew(RenewalRequest request) {
        Caller.current().require(Role.SERVICE);
        Batches.checkSize("repairs", request.repairs());
        Batches.checkLease(request.lease());
        return leases.renew(request, claimant(request.holder()));
    }

    @Override
    public Closings close(ClosingRequest request) {
        Caller.current().require(Role.SERVICE);
        Batches.check(
                "closings", request.closings().stream().map(Closing::repair).toList());
        for (int i = 0; i < request.closings().size(); i++) {
            RepairState outcome = request.closings().get(i).outcome();
            if (!OUTCOMES.contains(outcome)) {
                throw ProblemException.badRequest(
                        "closings[" + i + "].outcome", "must be DONE, FAILED or CANCELLED", outcome);
            }
        }
        return leases.close(request, claimant(request.holder()), by(request.holder()));
    }

    @Override
    @ResponseStatus(HttpStatus.CREATED)
    public List<Repair> request(RepairRequest request) {
        Caller.current().require(Role.OPERATOR);
        Batches.check("machines", request.machines());
        if (request.kind() == RepairKind.DEPLOY) {
            throw ProblemException.badRequest("kind", "must be REBOOT or REPAVE: a DEPLOY is claimed", request.kind());
        }
        return requests.request(request, Caller.current().name());
    }

    @Override
    public Page<Repair> repairs(
            @Nullable String machine,
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable RepairState state,
            @Nullable RepairKind kind,
            int limit,
            @Nullable String cursor) {
        Limits.check(limit, LARGEST_PAGE);
        return repairs.page(new Repairs.Filter(machine, environment, machineFunction, state, kind), limit, cursor);
    }

    @Override
    public RepairDetail repair(String id) {
        return steps.read(id);
    }

    @Override
    public RepairDetail putState(String id, RepairStateChange change) {
        Caller.current().require(Role.OPERATOR);
        if (change.state() == RepairState.EXPIRED) {
            throw ProblemException.badRequest(
                    "state", "must not be EXPIRED, which comes by itself when a lease ends", change.state());
        }
        if (change.lease() != null) {
            Batches.checkLease(change.lease());
        }
        try {
            return steps.put(id, change, Caller.current().name());
        } catch (IllegalTransitionException e) {
            throw ProblemException.conflict(String.valueOf(e.getMessage()));
        }
    }

    /** Who must have begun what is renewed or closed; null for operators, who act for all. */
    private static @Nullable String claimant(String holder) {
        return Caller.current().has(Role.OPERATOR) ? null : by(holder);
    }

    /** Who it was: the holder, and who spoke for it. */
    private static String by(String holder) {
        String caller = Caller.current().name();
        return caller.equals(holder) ? holder : holder + " (" + caller + ")";
    }
}
