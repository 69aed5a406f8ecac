package dev.flotilla.console.live;

import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.watch.ChangeSignal;
import dev.flotilla.platform.security.CallerAuthentication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@code GET /events}: the stream of server-sent events that keeps a page up to date. Only so many at once: above that 503 with
 * {@code Retry-After}, and the browser tries again by itself.
 */
@RestController
class LiveEvents implements SmartLifecycle {
    private final PageViews views;
    private final Fragments fragments;
    private final ChangeSignal signal;
    private final LiveProperties properties;
    private final InstantSource clock;
    private final Semaphore places;
    private final Set<Thread> subscribers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    LiveEvents(
            PageViews views,
            Fragments fragments,
            ChangeSignal signal,
            LiveProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.views = views;
        this.fragments = fragments;
        this.signal = signal;
        this.properties = properties;
        this.clock = clock;
        this.places = new Semaphore(properties.most());
        meters.gaugeCollectionSize("flotilla.console.subscribers", Tags.empty(), subscribers);
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@Valid Scope scope, CallerAuthentication caller, HttpServletResponse response) {
        if (!places.tryAcquire()) {
            throw full();
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        SseEmitter emitter = new SseEmitter(-1L);
        Subscription subscription = new Subscription(
                emitter, scope, caller.token().getExpiresAt(), views, fragments, signal, properties, clock);
        Thread thread = Thread.ofVirtual().name("subscriber").unstarted(() -> {
            try {
                subscription.run();
            } finally {
                subscribers.remove(Thread.currentThread());
                places.release();
            }
        });
        subscribers.add(thread);
        emitter.onError(e -> thread.interrupt());
        emitter.onTimeout(thread::interrupt);
        emitter.onCompletion(thread::interrupt);
        thread.start();
        return emitter;
    }

    private ErrorResponseException full() {
        ErrorResponseException full = new ErrorResponseException(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "This console keeps " + properties.most()
                                + " pages up to date already: close some, or try again"),
                null);
        full.getHeaders()
                .set(
                        HttpHeaders.RETRY_AFTER,
                        String.valueOf(properties.heartbeat().toSeconds() + 1));
        return full;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Lets the browsers go before the web server waits for its last requests; they come back by themselves. */
    @Override
    public void stop() {
        running = false;
        subscribers.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
