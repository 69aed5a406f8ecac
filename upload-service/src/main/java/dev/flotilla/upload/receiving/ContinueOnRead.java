package dev.flotilla.upload.receiving;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A client that waits for {@code 100 Continue} (curl does) gets a refusal before it sends gigabytes for nothing. */
@Configuration(proxyBeanMethods = false)
class ContinueOnRead {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> continueWhenTheBodyIsRead() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            if (!connector.setProperty("continueResponseTiming", "onRead")) {
                throw new IllegalStateException("the web server no longer knows continueResponseTiming");
            }
        });
    }
}
