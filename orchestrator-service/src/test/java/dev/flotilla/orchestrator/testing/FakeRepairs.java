package dev.flotilla.orchestrator.testing;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.ClaimRule;
import dev.flotilla.api.device.Claims;
import dev.flotilla.api.device.ClosingRequest;
import dev.flotilla.api.device.Closings;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.RenewalRequest;
import dev.flotilla.api.device.Renewals;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairDetail;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairRequest;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.device.RepairStateChange;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One repair for each machine, one fault domain of a group under elective work; no limits, no leases. */
public final class FakeRepairs implements RepairApi {
    private record Live(String id, String holder, boolean forced, Machine machine) {}

    private final FakeDevices devices;
    private final Map<String, Live> live = new LinkedHashMap<>();
    private long ids;

    /** Machines under a repave. */
    public final Set<String> repaved = ConcurrentHashMap.newKeySet();

    public volatile boolean down;

    /** By service: done once, when a claim for it was decided and is not answered yet. */
    public final Map<String, Runnable> beforeAnswer = new ConcurrentHashMap<>();

    /** Machine functions whose repairs can't be read. */
    public final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    FakeRepairs(FakeDevices devices) {
        this.devices = devices;
    }

    @Override
    public synchronized Claims claim(ClaimRequest request) {
        check();
        if (Set.copyOf(request.machines()).size() < request.machines().size()) {
            throw new RemoteProblem(
                    "device-manager",
                    new Problem(null, "Unprocessable", 422, "named twice in " + request.machines(), null, List.of()));
        }
        Claims claims = new Claims(
                request.machines().stream().map(name -> claim(request, name)).toList());
        Runnable meanwhile = request.service() == null ? null : beforeAnswer.remove(request.service());
        if (meanwhile != null) {
            meanwhile.run();
        }
        return claims;
    }

    private Claims.Answer claim(ClaimRequest request, String name) {
        Live has = live.get(name);
        if (has != null && has.holder().equals(request.holder())) {
            return granted(name, has.id());
        }
        if (repaved.contains(name)) {
            return refused(name, ClaimRule.ACTIVE_REPAIR, RepairKind.REPAVE);
        }
        if (has != null) {
            return refused(name, ClaimRule.ACTIVE_REPAIR, RepairKind.DEPLOY);
        }
        Machine machine = devices.find(name);
        if (machine == null) {
            return refused(name, ClaimRule.UNKNOWN_MACHINE, null);
        }
        boolean elsewhere = live.values().stream()
                .filter(other -> !other.forced())
                .map(Live::machine)
                .anyMatch(other -> other.machineFunction().equals(machine.machineFunction())
                        && other.environment().equals(machine.environment())
                        && !other.faultDomain().equals(machine.faultDomain()));
        if (!request.forced() && elsewhere) {
            return refused(name, ClaimRule.FAULT_DOMAIN, null);
        }
        String id = "r" + ++ids;
        live.put(name, new Live(id, request.holder(), request.forced(), machine));
        return granted(name, id);
    }

    @Override
    public synchronized Closings close(ClosingRequest request) {
        check();
        return new Closings(request.closings().stream()
                .map(closing -> {
                    live.values()
                            .removeIf(repair -> repair.id().equals(closing.repair())
                                    && repair.holder().equals(request.holder()));
                    return new Closings.Answer(closing.repair(), true, closing.outcome(), null);
                })
                .toList());
    }

    /** The machines that anybody has now. */
    public synchronized Set<String> claimed() {
        return Set.copyOf(live.keySet());
    }

    private void check() {
        if (down) {
            throw new RemoteUnavailable("device-manager", "it is down", null);
        }
    }

    private static Claims.Answer granted(String machine, String id) {
        return new Claims.Answer(machine, id, Instant.now().plusSeconds(60), null, null, null);
    }

    private static Claims.Answer refused(String machine, ClaimRule rule, @Nullable RepairKind by) {
        return new Claims.Answer(machine, null, null, rule.id(), "refused by " + rule.id(), null, by);
    }

    /** Those who said that they wait for nothing more. */
    public final Set<String> withdrawn = ConcurrentHashMap.newKeySet();

    @Override
    public void withdraw(String holder) {
        withdrawn.add(holder);
    }

    @Override
    public Renewals renew(RenewalRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Repair> request(RepairRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized Page<Repair> repairs(
            @Nullable String machine,
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable RepairState state,
            @Nullable RepairKind kind,
            int limit,
            @Nullable String cursor) {
        check();
        if (machineFunction != null && unreadable.contains(machineFunction)) {
            throw new RemoteUnavailable("device-manager", "it is slow", null);
        }
        return new Page<>(
                kind == RepairKind.DEPLOY
                        ? live.values().stream()
                                .filter(repair ->
                                        repair.machine().machineFunction().equals(machineFunction))
                                .map(FakeRepairs::repair)
                                .toList()
                        : state != RepairState.ACTIVE
                                ? List.of()
                                : repaved.stream()
                                        .map(devices::place)
                                        .filter(place -> place.machineFunction().equals(machineFunction))
                                        .map(FakeRepairs::repave)
                                        .toList(),
                null);
    }

    private static Repair repave(Machine place) {
        return new Repair(
                "r-" + place.name(),
                place.name(),
                place.environment(),
                place.machineFunction(),
                place.faultDomain(),
                RepairKind.REPAVE,
                true,
                RepairState.ACTIVE,
                "olga",
                null,
                "disk",
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                null);
    }

    private static Repair repair(Live live) {
        Machine machine = live.machine();
        Instant now = Instant.now();
        return new Repair(
                live.id(),
                machine.name(),
                machine.environment(),
                machine.machineFunction(),
                machine.faultDomain(),
                RepairKind.DEPLOY,
                live.forced(),
                RepairState.ACTIVE,
                live.holder(),
                null,
                "a deployment",
                now,
                now,
                now.plusSeconds(60),
                null);
    }

    @Override
    public RepairDetail repair(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RepairDetail putState(String id, RepairStateChange change) {
        throw new UnsupportedOperationException();
    }
}
