package dev.flotilla.device.topology;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.Environment;
import dev.flotilla.api.device.GroupLimits;
import dev.flotilla.api.device.GroupStatus;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineFunction;
import dev.flotilla.api.device.Region;
import dev.flotilla.api.device.RegionPair;
import dev.flotilla.api.device.TopologyApi;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Answers for the places that machines stand in. */
@RestController
class PlaceController implements TopologyApi {
    private static final Logger log = LoggerFactory.getLogger(PlaceController.class);

    private final Places places;
    private final RegionPairs pairs;
    private final Groups groups;
    private final MachinePages pages;

    PlaceController(Places places, RegionPairs pairs, Groups groups, MachinePages pages) {
        this.places = places;
        this.pairs = pairs;
        this.groups = groups;
        this.pages = pages;
    }

    @Override
    public List<Environment> environments() {
        return places.environments(null);
    }

    @Override
    public Environment environment(String environment) {
        return places.environments(environment).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "environment", environment, "No machine stands in an environment '" + environment + "'."));
    }

    @Override
    public List<MachineFunction> machineFunctions() {
        return places.machineFunctions();
    }

    @Override
    public List<Region> regions() {
        return places.regions();
    }

    @Override
    public Page<Machine> machinesOf(String tenant, int limit, @Nullable String cursor) {
        return pages.page(new MachineFilter(null, null, null, null, tenant), limit, cursor);
    }

    @Override
    public List<RegionPair> regionPairs() {
        return pairs.pairs(null);
    }

    @Override
    public RegionPair regionPair(String pair) {
        return pairs.pairs(pair).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("pair", pair, "There is no region pair '" + pair + "'."));
    }

    @Override
    public RegionPair putRegionPair(String pair, RegionPair.Regions body) {
        Caller.current().require(Role.OPERATOR);
        List<String> regions = body.regions().stream().sorted().toList();
        if (regions.getFirst().equals(regions.getLast())) {
            throw ProblemException.unprocessable(
                    "A pair is made of two different regions.",
                    List.of(ProblemException.error("regions[1]", "is the same as regions[0]", regions.getLast())));
        }
        pairs.put(pair, regions);
        log.info(
                "Topology: regions {} are the pair {}, says {}",
                regions,
                pair,
                Caller.current().name());
        return new RegionPair(pair, regions);
    }

    @Override
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteRegionPair(String pair) {
        Caller.current().require(Role.OPERATOR);
        pairs.delete(pair);
        log.info("Topology: region pair {} ended by {}", pair, Caller.current().name());
    }

    @Override
    public GroupStatus group(String environment, String machineFunction) {
        return groups.group(environment, machineFunction)
                .orElseThrow(() -> ProblemException.notFound(
                        "machineFunction",
                        machineFunction,
                        "No machine of the function '" + machineFunction + "' stands in '" + environment + "'."));
    }

    @Override
    public GroupStatus putLimits(String environment, String machineFunction, GroupLimits limits) {
        Caller.current().require(Role.OPERATOR);
        group(environment, machineFunction);
        groups.putLimit(environment, machineFunction, limits.maxUnavailable());
        log.info(
                "Topology: at most {} of {}/{} may be unavailable, says {}",
                limits.maxUnavailable(),
                environment,
                machineFunction,
                Caller.current().name());
        return group(environment, machineFunction);
    }
}
