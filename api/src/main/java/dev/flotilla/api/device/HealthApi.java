package dev.flotilla.api.device;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The health of machines. Lost machines and crashed services are learnt from the registry; the rest is reported here, and needs {@code operator}. */
public interface HealthApi {
    /**
     * Says how machines are; answers how they now count, in the order asked. Saying the same again changes nothing. 413 for more than
     * 10,000; 422 for machines that don't exist, are named twice, or are said to be LOST; then nothing is taken.
     */
    @PostExchange("/v1/machines/health")
    List<MachineHealth> report(@RequestBody @Valid HealthReport report);

    /** How one machine is; 404 where there is none. */
    @GetExchange("/v1/machines/{machine}/health")
    MachineHealth health(@PathVariable @PlaceName String machine);

    /** How machines are, by name, those only of the given environment, machine function and health; healthy ones too where none is given. */
    @GetExchange("/v1/machines/health")
    Page<MachineHealth> healths(
            @RequestParam(required = false) @Nullable @PlaceName String environment,
            @RequestParam(required = false) @Nullable @PlaceName String machineFunction,
            @RequestParam(required = false) @Nullable Health health,
            @RequestParam(required = false, defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable String cursor);
}
