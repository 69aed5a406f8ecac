package dev.flotilla.api.registry;

import dev.flotilla.api.Page;
import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** What runs where. Reports need {@code machine} and the machine's name in the token: nobody else reports, whatever the role. An answered report is durable. */
public interface RegistryApi {
    /** {@code reportRunningVersion}: what this machine runs of this service, from now on. 204. */
    @PutExchange("/v1/machines/{machine}/services/{service}")
    void reportRunningVersion(
            @PathVariable @PlaceName String machine,
            @PathVariable @ServiceName String service,
            @RequestBody @Valid RunningReport report);

    /** Whole machines at once. 204; all of it or nothing is taken. Saying the same again changes nothing but the last-seen time. */
    @PostExchange("/v1/reports")
    void report(@RequestBody @Valid ReportBatch batch);

    /** Machines that have ever reported, by name. */
    @GetExchange("/v1/machines")
    Page<MachineStatus> machines(
            @RequestParam(required = false, defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /** One machine; 404 for one that never reported. */
    @GetExchange("/v1/machines/{machine}")
    MachineStatus machine(@PathVariable @PlaceName String machine);

    /**
     * The versions of a service that machines have, the most widespread first; empty where none has any. Also one that was deleted from
     * upload-service, which lists it among its deleted versions.
     */
    @GetExchange("/v1/services/{service}/versions")
    List<VersionCount> versions(@PathVariable @ServiceName String service);

    /** The machines that have a version, by name. */
    @GetExchange("/v1/services/{service}/versions/{version}/machines")
    Page<RunningService> machinesWith(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @RequestParam(required = false, defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable String cursor);

    /**
     * The change feed, oldest first.
     *
     * @param cursor where to read on: the {@code nextCursor} of the page before; none for the oldest change that is kept, {@code now}
     *     for an empty page whose cursor stands at the newest. 410 for a cursor older than the feed keeps: take one with
     *     {@code now}, read the machines anew after that, then follow from it.
     * @param wait how long to wait when there is nothing new, at most {@code PT30S}
     * @return a page whose {@code nextCursor} is never null
     */
    @GetExchange("/v1/changes")
    Page<Change> changes(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false, defaultValue = "1000") int limit,
            @RequestParam(required = false, defaultValue = "PT0S") Duration wait);
}
