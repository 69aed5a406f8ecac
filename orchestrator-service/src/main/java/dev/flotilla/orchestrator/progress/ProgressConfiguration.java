package dev.flotilla.orchestrator.progress;

import dev.flotilla.platform.loop.Loop;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The loop behind the streams. */
@Configuration(proxyBeanMethods = false)
class ProgressConfiguration {
    @Bean
    Loop watchProgress(ChangeWatch watch, StreamProperties properties) {
        return new Loop("watching progress", Duration.ofSeconds(1), () -> watch.look(properties.poll()));
    }
}
