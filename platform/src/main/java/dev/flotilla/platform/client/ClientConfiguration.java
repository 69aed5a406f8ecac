package dev.flotilla.platform.client;

import dev.flotilla.platform.security.TokenSource;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.http.HttpClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Clients that a service imports with {@code @ImportHttpServices(group = "upload-service", types = UploadApi.class)} are made resilient. */
@AutoConfiguration
@EnableConfigurationProperties(ClientProperties.class)
class ClientConfiguration {
    @Bean
    ServiceClients serviceClients(JsonMapper json, ClientProperties properties) {
        return new ServiceClients(json, properties);
    }

    @Bean
    RestClientHttpServiceGroupConfigurer resilientClients(ServiceClients clients, TokenSource tokens) {
        return groups -> groups.forEachClient((group, builder) -> clients.configure(builder, group.name(), tokens));
    }

    /** HTTP/1.1: the services don't speak HTTP/2, and asking them costs a header on every first request. */
    @Bean
    JdkClientHttpRequestFactoryBuilder requestFactories() {
        return ClientHttpRequestFactoryBuilder.jdk()
                .withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1));
    }

    @Bean
    MeterBinder circuitBreakerMetrics(ServiceClients clients) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(clients.breakers());
    }
}
