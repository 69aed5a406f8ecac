package dev.flotilla.registry;

import dev.flotilla.registry.changes.ChangeQueue;
import dev.flotilla.registry.changes.FeedReader;
import dev.flotilla.registry.changes.FleetLoader;
import dev.flotilla.registry.heartbeat.LastSeenWriter;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts warm: the fleet is loaded before the web server opens its port. Stops after it, and leaves nothing unwritten. */
@Component
class RegistryLifecycle implements SmartLifecycle {
    private final FleetLoader loader;
    private final FeedReader feed;
    private final ChangeQueue changes;
    private final LastSeenWriter lastSeen;
    private volatile boolean running;

    RegistryLifecycle(FleetLoader loader, FeedReader feed, ChangeQueue changes, LastSeenWriter lastSeen) {
        this.loader = loader;
        this.feed = feed;
        this.changes = changes;
        this.lastSeen = lastSeen;
    }

    @Override
    public void start() {
        loader.load();
        feed.start();
        changes.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        changes.stop();
        lastSeen.write();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The web server's is far above. */
    @Override
    public int getPhase() {
        return 0;
    }
}
