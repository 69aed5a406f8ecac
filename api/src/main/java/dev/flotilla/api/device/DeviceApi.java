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
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * The machines. Changes need {@code operator}. The list is also served, and the import also taken, as {@code text/csv} of any size.
 *
 * <p>Machines may come, move and go at any time. While one is under an active repair it can't be moved to another environment, machine function or
 * fault domain: that is a 409 that names each such machine and whose repair it is. Retiring it cancels the repair.
 */
public interface DeviceApi {
    /** Machines by name, those of the given environment, machine function, fault domain and region only. */
    @GetExchange(value = "/v1/machines", accept = "application/json")
    Page<Machine> machines(
            @RequestParam(required = false) @Nullable @PlaceName String environment,
            @RequestParam(required = false) @Nullable @PlaceName String machineFunction,
            @RequestParam(required = false) @Nullable @PlaceName String faultDomain,
            @RequestParam(required = false) @Nullable @PlaceName String region,
            @RequestParam(required = false, defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** One machine; 404 where there is none. */
    @GetExchange("/v1/machines/{machine}")
    Machine machine(@PathVariable @PlaceName String machine);

    /** Adds or changes one machine; the name in the path and in the body must agree. 422 where its environment lies in another region. */
    @PutExchange("/v1/machines/{machine}")
    Machine putMachine(@PathVariable @PlaceName String machine, @RequestBody @Valid Machine body);

    /** Retires a machine, and cancels the repairs of it that have not ended; nothing happens where there is none. */
    @DeleteExchange("/v1/machines/{machine}")
    void deleteMachine(@PathVariable @PlaceName String machine);

    /**
     * Adds or changes many machines in one transaction, at most 100,000. Machines not named stay. As {@code text/csv} it takes any number; a
     * file without the column {@code tenant} leaves the tenants of known machines as they are.
     */
    @PutExchange(value = "/v1/machines", contentType = "application/json")
    ImportResult importMachines(@RequestBody List<@Valid Machine> machines);

    /**
     * Gives machines to a tenant, or to nobody, and leaves all else of them as it is; answers them in the order asked. 422 names those that don't
     * exist; then nothing is changed.
     */
    @PostExchange("/v1/machines/tenant")
    List<Machine> giveMachines(@RequestBody @Valid TenantAssignment assignment);

    /** Which of these machines exist, and where they stand. */
    @PostExchange("/v1/machines/lookup")
    MachineLookup lookup(@RequestBody @Valid MachineLookup.Request request);

    /** The (environment, machine function) pairs that have machines, with counts. */
    @GetExchange("/v1/groups")
    List<MachineGroupCount> groups();
}
