package dev.flotilla.registry.heartbeat;

import dev.flotilla.registry.changes.FeedRetention;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** What an instance does from time to time. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Timetable implements SchedulingConfigurer {
    private final HeartbeatProperties properties;
    private final LastSeenWriter lastSeen;
    private final LostSweep lost;
    private final FeedRetention retention;

    Timetable(HeartbeatProperties properties, LastSeenWriter lastSeen, LostSweep lost, FeedRetention retention) {
        this.properties = properties;
        this.lastSeen = lastSeen;
        this.lost = lost;
        this.retention = retention;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(
                () -> {
                    lastSeen.write();
                    lost.sweep();
                },
                properties.beat());
        tasks.addFixedDelayTask(retention::prune, Duration.ofMinutes(1));
    }
}
