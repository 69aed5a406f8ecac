package dev.flotilla.orchestrator.progress;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The stream of one deployment's progress, as server-sent events: {@code progress} at once and at every change, comments while nothing
 * changes, and the end after the deployment is complete, halted or superseded. A virtual thread for each.
 */
@RestController
class ProgressStreams implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ProgressStreams.class);
    private static final long NO_TIMEOUT = 0L;
    private static final long NOTHING_SEEN = -1;
    private final ProgressReader progress;
    private final ChangeWatch watch;
    private final StreamProperties properties;
    private final Set<Thread> streams = ConcurrentHashMap.newKeySet();
    /** From the first: the web server takes requests before it tells this to start. */
    private volatile boolean running = true;

    ProgressStreams(ProgressReader progress, ChangeWatch watch, StreamProperties properties, MeterRegistry meters) {
        this.progress = progress;
        this.watch = watch;
        this.properties = properties;
        meters.gaugeCollectionSize("flotilla.progress.streams", Tags.empty(), streams);
    }

    @GetMapping(value = OrchestratorApi.DEPLOYMENT_PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(
            @PathVariable @Pattern(regexp = OrchestratorApi.ID, message = OrchestratorApi.ID_ALLOWED) String id) {
        DeploymentProgress first = progress.deployment(id).orElseThrow(() -> ProgressController.unknown(id));
        if (streams.size() >= properties.most()) {
            throw full();
        }
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        Thread thread = Thread.ofVirtual().name("progress of " + id).unstarted(() -> pump(first, emitter));
        streams.add(thread);
        emitter.onCompletion(thread::interrupt);
        thread.start();
        return emitter;
    }

    private ErrorResponseException full() {
        ErrorResponseException full = new ErrorResponseException(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "This instance serves " + properties.most()
                                + " streams already: ask another, or without a stream"),
                null);
        full.getHeaders()
                .set(
                        HttpHeaders.RETRY_AFTER,
                        String.valueOf(properties.heartbeat().toSeconds() + 1));
        return full;
    }

    private void pump(DeploymentProgress first, SseEmitter emitter) {
        watch.join(first.id());
        try {
            send(emitter, first);
            long seen = NOTHING_SEEN;
            boolean ended = ended(first);
            while (!ended && running) {
                long now = watch.await(first.id(), seen, properties.heartbeat());
                DeploymentProgress changed = now == seen ? null : read(first.id());
                if (changed != null) {
                    seen = now;
                    send(emitter, changed);
                    ended = ended(changed);
                } else {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
            }
            emitter.complete();
        } catch (InterruptedException e) {
            emitter.complete();
        } catch (IOException e) {
            // The reader has gone; the web server ends the request by itself.
            log.debug("a reader of {} has gone: {}", first.id(), e.getMessage());
        } catch (RuntimeException e) {
            log.warn("the stream of {} breaks off: {}", first.id(), e.getMessage());
            emitter.completeWithError(e);
        } finally {
            watch.leave(first.id());
            streams.remove(Thread.currentThread());
        }
    }

    /** Null where it can't be read just now: a database that is away or overloaded for a while cuts off no reader. */
    private @Nullable DeploymentProgress read(String id) throws InterruptedException {
        try {
            return progress.deployment(id).orElse(null);
        } catch (DataAccessException e) {
            log.warn("{}: its progress can't be read, trying again: {}", id, e.getMessage());
            Thread.sleep(properties.poll());
            return null;
        }
    }

    private static void send(SseEmitter emitter, DeploymentProgress deployment) throws IOException {
        emitter.send(SseEmitter.event().name("progress").data(deployment, MediaType.APPLICATION_JSON));
    }

    private static boolean ended(DeploymentProgress deployment) {
        return switch (deployment.state()) {
            case ROLLING_OUT -> false;
            case HALTED, ABORTED, COMPLETE, SUPERSEDED -> true;
        };
    }

    @Override
    public void start() {
        running = true;
    }

    /** Streams end before the web server waits for its requests to end. */
    @Override
    public void stop() {
        running = false;
        streams.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
