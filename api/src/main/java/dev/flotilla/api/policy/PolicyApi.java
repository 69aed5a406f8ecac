package dev.flotilla.api.policy;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Decisions, and the opt-outs that they follow. Changing opt-outs needs {@code operator}; any role may ask. */
public interface PolicyApi {
    /** Decides for a batch of machines. It changes nothing, so it may be repeated without a key. */
    @PostExchange("/v1/decisions")
    Decisions decide(@RequestBody @Valid DecisionRequest request);

    /** Decides as {@link #decide} does, says how that will change, and keeps nothing of it: for whoever only wants to know. */
    @PostExchange("/v1/decisions/preview")
    Decisions preview(
            @RequestBody @Valid DecisionRequest request, @RequestParam(defaultValue = "false") boolean outlook);

    /** Adds an opt-out, or changes the one of that name. */
    @PutExchange("/v1/opt-outs/{name}")
    OptOut.Stored putOptOut(@PathVariable @PlaceName String name, @RequestBody @Valid OptOut optOut);

    /** One opt-out; 404 where there is none of that name. */
    @GetExchange("/v1/opt-outs/{name}")
    OptOut.Stored optOut(@PathVariable @PlaceName String name);

    /** Ends an opt-out; nothing happens where there is none. 204. */
    @DeleteExchange("/v1/opt-outs/{name}")
    void deleteOptOut(@PathVariable @PlaceName String name);

    /**
     * All opt-outs by name, those that ended left out.
     *
     * @param machine those only that this machine is left alone by: as itself, by its tenant, or as any machine; null for all opt-outs
     */
    @GetExchange("/v1/opt-outs")
    Page<OptOut.Stored> optOuts(
            @RequestParam(required = false) @Nullable @PlaceName String machine,
            @RequestParam(required = false, defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor);
}
