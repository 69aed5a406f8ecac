package dev.flotilla.registry.changes;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** The feed, which must let its readers go before the web server waits for their requests to end. */
@Configuration(proxyBeanMethods = false)
class ChangesConfiguration {
    @Bean
    Feed feed(FeedProperties properties) {
        return new Feed(properties.recent());
    }

    @Bean
    FeedDoor feedDoor(Feed feed) {
        return new FeedDoor(feed);
    }

    record FeedDoor(Feed feed) {
        @EventListener
        void close(ContextClosedEvent event) {
            feed.close();
        }
    }
}
