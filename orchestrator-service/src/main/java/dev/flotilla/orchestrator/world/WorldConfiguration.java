package dev.flotilla.orchestrator.world;

import dev.flotilla.platform.loop.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loops that follow the world. */
@Configuration(proxyBeanMethods = false)
class WorldConfiguration {
    @Bean
    Loop followDeployments(DeploymentFollower follower, IntakeProperties properties) {
        return new Loop("following target-service", properties.pause(), () -> follower.follow(properties.interval()));
    }

    @Bean
    Loop followFleet(FleetFollower follower, FeedProperties properties) {
        return new Loop("following the registry", properties.pause(), follower::follow);
    }

    @Bean
    Loop deliverWakes(Wakes wakes) {
        return new Loop("waking rollouts", Duration.ofSeconds(1), wakes::deliver);
    }
}
