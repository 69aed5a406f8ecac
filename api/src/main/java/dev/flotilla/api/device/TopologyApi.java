package dev.flotilla.api.device;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PutExchange;

/** What machines stand in, with counts, each list by name. Places exist while they have machines. Changes need {@code operator}. */
public interface TopologyApi {
    @GetExchange("/v1/environments")
    List<Environment> environments();

    /** One environment; 404 where no machine stands in it. */
    @GetExchange("/v1/environments/{environment}")
    Environment environment(@PathVariable @PlaceName String environment);

    @GetExchange("/v1/machine-functions")
    List<MachineFunction> machineFunctions();

    @GetExchange("/v1/regions")
    List<Region> regions();

    /** The machines of a tenant, by name; none where it has none. */
    @GetExchange("/v1/tenants/{tenant}/machines")
    Page<Machine> machinesOf(
            @PathVariable @PlaceName String tenant,
            @RequestParam(required = false, defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    @GetExchange("/v1/region-pairs")
    List<RegionPair> regionPairs();

    /** One pair; 404 where there is none. */
    @GetExchange("/v1/region-pairs/{pair}")
    RegionPair regionPair(@PathVariable @PlaceName String pair);

    /** Makes or changes a pair. 422 for the same region twice; 409, naming the other pair, for a region that is in one already. */
    @PutExchange("/v1/region-pairs/{pair}")
    RegionPair putRegionPair(@PathVariable @PlaceName String pair, @RequestBody @Valid RegionPair.Regions body);

    /** Ends a pair; nothing happens where there is none. 204. */
    @DeleteExchange("/v1/region-pairs/{pair}")
    void deleteRegionPair(@PathVariable @PlaceName String pair);

    /** One group with its fault domains; 404 where it has no machines. */
    @GetExchange("/v1/groups/{environment}/{machineFunction}")
    GroupStatus group(@PathVariable @PlaceName String environment, @PathVariable @PlaceName String machineFunction);

    /** Sets how many machines of a group may be unavailable, {@code 20%} until then. It holds from the next claim on. 404 as above. */
    @PutExchange("/v1/groups/{environment}/{machineFunction}/limits")
    GroupStatus putLimits(
            @PathVariable @PlaceName String environment,
            @PathVariable @PlaceName String machineFunction,
            @RequestBody @Valid GroupLimits limits);
}
