package dev.flotilla.api.agent;

import dev.flotilla.api.upload.Payload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The instruction to one agent: run this version of this service. It travels signed, see {@link SignedOrder}.
 *
 * @param id the same for every repetition of the order; an agent carries it out once
 * @param payload the bytes that must run, fetched from upload-service and verified
 * @param epoch the lease epoch of the orchestrator that gave it; an agent refuses one older than it has seen
 * @param revision the revision of the deployment behind it; an agent refuses one older than it has for the service
 * @param notAfter when it becomes void
 * @param deployment the deployment behind it, for people who read logs
 */
public record Order(
        String id,
        String machine,
        String service,
        String version,
        Payload payload,
        long epoch,
        long revision,
        Instant issuedAt,
        Instant notAfter,
        @Nullable String deployment) {}
