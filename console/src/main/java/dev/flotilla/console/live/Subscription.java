package dev.flotilla.console.live;

import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.watch.ChangeSignal;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One browser that is kept up to date: it gets the whole view first, then what changes, for as long as its token is valid. */
final class Subscription implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    private final SseEmitter emitter;
    private final Scope scope;
    private final @Nullable Instant expires;
    private final PageViews views;
    private final Fragments fragments;
    private final ChangeSignal signal;
    private final LiveProperties properties;
    private final InstantSource clock;

    Subscription(
            SseEmitter emitter,
            Scope scope,
            @Nullable Instant expires,
            PageViews views,
            Fragments fragments,
            ChangeSignal signal,
            LiveProperties properties,
            InstantSource clock) {
        this.emitter = emitter;
        this.scope = scope;
        this.expires = expires;
        this.views = views;
        this.fragments = fragments;
        this.signal = signal;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            push();
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("a browser went away: {}", e.getMessage());
            emitter.complete();
        } catch (InterruptedException e) {
            emitter.complete();
        } catch (RuntimeException e) {
            log.error("the page {} can't be kept up to date", scope, e);
            emitter.completeWithError(e);
        }
    }

    private void push() throws IOException, InterruptedException {
        PageView shown = null;
        while (expires == null || clock.instant().isBefore(expires)) {
            long change = signal.number();
            PageView now = views.view(scope);
            String html = fragments.difference(shown, now);
            if (!html.isEmpty()) {
                emitter.send(SseEmitter.event().name("update").data(html));
            }
            emitter.send(SseEmitter.event().name("changed").data(String.valueOf(change)));
            shown = now;
            Thread.sleep(properties.interval());
            while (signal.await(change, properties.heartbeat()) == change) {
                emitter.send(SseEmitter.event().comment("still here"));
                if (expires != null && clock.instant().isAfter(expires)) {
                    return;
                }
            }
        }
    }
}
