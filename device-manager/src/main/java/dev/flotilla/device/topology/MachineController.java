package dev.flotilla.device.topology;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.ImportResult;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineGroupCount;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.device.TenantAssignment;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The topology as JSON. */
@RestController
class MachineController implements DeviceApi {
    private static final int LARGEST_IMPORT = 100_000;

    private final Topology topology;
    private final MachinePages pages;
    private final TopologyChanges changes;

    MachineController(Topology topology, MachinePages pages, TopologyChanges changes) {
        this.topology = topology;
        this.pages = pages;
        this.changes = changes;
    }

    @Override
    public Page<Machine> machines(
            @Nullable String environment,
            @Nullable String machineFunction,
            @Nullable String faultDomain,
            @Nullable String region,
            int limit,
            @Nullable String cursor) {
        return pages.page(new MachineFilter(environment, machineFunction, faultDomain, region, null), limit, cursor);
    }

    @Override
    public Machine machine(String machine) {
        return topology.machine(machine)
                .orElseThrow(
                        () -> ProblemException.notFound("machine", machine, "There is no machine '" + machine + "'."));
    }

    @Override
    public Machine putMachine(String machine, Machine body) {
        Caller.current().require(Role.OPERATOR);
        if (!machine.equals(body.name())) {
            throw ProblemException.badRequest("name", "must be '" + machine + "', as in the path", body.name());
        }
        changes.put(MachineSource.one(body));
        return body;
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteMachine(String machine) {
        Caller.current().require(Role.OPERATOR);
        changes.delete(machine, Caller.current().name());
    }

    @Override
    public ImportResult importMachines(List<Machine> machines) {
        Caller.current().require(Role.OPERATOR);
        if (machines.size() > LARGEST_IMPORT) {
            throw ProblemException.tooLarge("One import as JSON takes at most " + LARGEST_IMPORT + " machines, not "
                    + machines.size() + ": send several, or send text/csv, which takes any number.");
        }
        return changes.put(MachineSource.list(machines));
    }

    @Override
    public List<Machine> giveMachines(TenantAssignment assignment) {
        Caller.current().require(Role.OPERATOR);
        changes.give(assignment, Caller.current().name());
        return topology.lookup(assignment.machines()).machines();
    }

    @Override
    public MachineLookup lookup(MachineLookup.Request request) {
        for (String name : request.names()) {
            if (name == null) {
                throw ProblemException.badRequest("names", "must not contain null", null);
            }
        }
        return topology.lookup(request.names());
    }

    @Override
    public List<MachineGroupCount> groups() {
        return topology.groups();
    }
}
