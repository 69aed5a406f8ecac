package dev.flotilla.console.live;

import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.watch.ChangeSignal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One browser that is kept up to date: it gets the whole view first, then what changes, for as long as its token is valid. Nothing is
 * queued for it: a reader that is slow gets the next difference when it has taken the one before, and is given up when the web server's
 * time for a write is over.
 */
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
            // The web server ends the request by itself.
            log.debug("a browser went away: {}", e.getMessage());
        } catch (InterruptedException e) {
            emitter.complete();
        } catch (RuntimeException e) {
            log.error("the page {} can't be kept up to date", scope, e);
            emitter.completeWithError(e);
        }
    }

    private void push() throws IOException, InterruptedException {
        PageView shown = null;
        while (!silence().isZero()) {
            long change = signal.number();
            PageView now = views.view(scope);
            String html = fragments.difference(shown, now);
            if (!html.isEmpty()) {
                emitter.send(SseEmitter.event().name("update").data(html));
            }
            emitter.send(SseEmitter.event().name("changed").data(String.valueOf(change)));
            shown = now;
            Thread.sleep(properties.interval());
            while (signal.await(change, silence()) == change) {
                if (silence().isZero()) {
                    return;
                }
                emitter.send(SseEmitter.event().comment("still here"));
            }
        }
    }

    /** How long it may be silent: until the next sign of life is due or the token ends; zero when it has ended. */
    private Duration silence() {
        if (expires == null) {
            return properties.heartbeat();
        }
        Duration left = Duration.between(clock.instant(), expires);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(properties.heartbeat()) < 0 ? left : properties.heartbeat();
    }
}
