package dev.flotilla.platform.client;

import dev.flotilla.api.Problem;
import dev.flotilla.platform.security.TokenSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes clients of other services that all behave alike; with Spring's context and without. */
public final class ServiceClients {
    private final JsonMapper json;
    private final ClientProperties properties;
    private final CircuitBreakerRegistry breakers;

    /** @param json the mapper; what it does not know in an answer it skips, so that services can be upgraded one by one */
    public ServiceClients(JsonMapper json, ClientProperties properties) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.properties = properties;
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(properties.failureRate())
                .waitDurationInOpenState(properties.rest())
                .permittedNumberOfCallsInHalfOpenState(3)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .build());
    }

    public CircuitBreakerRegistry breakers() {
        return breakers;
    }

    /** A client of the interface, for the service at the builder's base URL. */
    public <T> T create(Class<T> api, String service, RestClient.Builder builder, TokenSource tokens) {
        configure(builder, service, tokens);
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(builder.build()))
                .build()
                .createClient(api);
    }

    /** Gives a client builder tokens, retries, a circuit breaker named after the service, and our errors. */
    public void configure(RestClient.Builder builder, String service, TokenSource tokens) {
        configure(builder, service, tokens, breakers.circuitBreaker(service));
    }

    /** The same with a circuit breaker of its own, for a peer among many. */
    public void configure(RestClient.Builder builder, String service, TokenSource tokens, CircuitBreaker breaker) {
        Retry retry = Retry.of(
                service,
                RetryConfig.custom()
                        .maxAttempts(properties.attempts())
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(properties.backoff(), 2, 0.5))
                        .retryExceptions(IOException.class)
                        .build());
        builder.requestInterceptor(new ResilientCalls(service, tokens, breaker, retry))
                .configureMessageConverters(converters ->
                        converters.registerDefaults().withJsonConverter(new JacksonJsonHttpMessageConverter(json)))
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
                    throw new RemoteProblem(service, problem(response));
                });
    }

    private Problem problem(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        byte[] body = response.getBody().readNBytes(1_000_000);
        try {
            Problem problem = json.readValue(body, Problem.class);
            return new Problem(
                    problem.type(), problem.title(), status, problem.detail(), problem.instance(), problem.errors());
        } catch (JacksonException e) {
            String text = new String(body, 0, Math.min(body.length, 300), StandardCharsets.UTF_8);
            return new Problem(null, "Error", status, text.isBlank() ? "no detail was given" : text, null, List.of());
        }
    }
}
