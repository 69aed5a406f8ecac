package dev.flotilla.device.health;

import dev.flotilla.platform.loop.Loop;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What goes on by itself. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    @Bean
    Loop followRegistry(RegistryFollower follower, HealthProperties properties) {
        return new Loop("following the registry", properties.pause(), follower::follow);
    }
}
