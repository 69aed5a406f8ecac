package dev.flotilla.api.agent;

import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.registry.MachineReport;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** One agent, for the machines it carries; 404 for others. It takes tokens of the audience {@code flotilla-agent} only. */
public interface AgentApi {
    /**
     * {@code runIt}: 202 once the order is on disk; the same order again gets the same answer. Needs {@code service} or {@code operator},
     * which is worth nothing without the key that signs orders. 403 for a signature that does not verify, 409 for an older epoch or revision, 410 for an order past its time, 422 for one of another machine.
     */
    @PostExchange("/v1/machines/{machine}/orders")
    OrderReceipt runIt(@PathVariable @PlaceName String machine, @RequestBody @Valid SignedOrder order);

    /** The machines that this agent carries, by name. */
    @GetExchange("/v1/machines")
    List<String> machines();

    /** What runs on the machine, from the agent itself: the same that it reports. */
    @GetExchange("/v1/machines/{machine}")
    MachineReport machine(@PathVariable @PlaceName String machine);

    /**
     * The last lines that the service wrote there, oldest first; 404 where it never ran. Lines that begin with {@code [flotilla]} are the
     * agent's, which notes there why the service crashed. Needs {@code service} or {@code operator}: others ask the console.
     */
    @GetExchange("/v1/machines/{machine}/services/{service}/log")
    List<String> log(
            @PathVariable @PlaceName String machine,
            @PathVariable @ServiceName String service,
            @RequestParam(required = false, defaultValue = "100") int lines);
}
