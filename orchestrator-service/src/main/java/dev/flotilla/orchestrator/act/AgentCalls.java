package dev.flotilla.orchestrator.act;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.flotilla.api.agent.AgentApi;
import dev.flotilla.api.agent.SignedOrder;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.ServiceClients;
import dev.flotilla.platform.security.ForAgents;
import dev.flotilla.platform.security.TokenSource;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Calls agents: each address with a circuit breaker of its own, all of them together within a bulkhead. */
@Component
class AgentCalls implements DisposableBean {
    private static final String AGENT = "agent-service";
    private static final Duration UNUSED = Duration.ofMinutes(10);
    /** A connection that was used so shortly before is taken to be still open: looking costs each order a round trip. */
    private static final TimeValue SURELY_OPEN = TimeValue.ofMilliseconds(200);

    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    private final ServiceClients clients;
    private final TokenSource tokens;
    private final OrderProperties properties;
    private final CloseableHttpClient http;
    private final Bulkhead bulkhead;
    private final LoadingCache<String, AgentApi> agents;

    AgentCalls(ServiceClients clients, @ForAgents TokenSource tokens, OrderProperties properties) {
        this.clients = clients;
        this.tokens = tokens;
        this.properties = properties;
        this.http = http(properties);
        this.bulkhead = Bulkhead.of(
                "orders",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(properties.concurrent())
                        .maxWaitDuration(properties.queue())
                        .build());
        this.agents = Caffeine.newBuilder()
                .maximumSize(properties.agents())
                .expireAfterAccess(UNUSED)
                .build(this::client);
    }

    /**
     * Sends an order once; never throws for what the network or the agent does.
     *
     * @param order asked when it is its turn to be sent; empty where it must not be sent any more
     */
    Answer send(String address, String machine, Supplier<Optional<SignedOrder>> order) {
        try {
            return bulkhead.executeSupplier(() -> {
                Optional<SignedOrder> signed = order.get();
                signed.ifPresent(now -> agents.get(address).runIt(machine, now));
                return signed.isPresent() ? new Answer.Accepted() : new Answer.Stale();
            });
        } catch (BulkheadFullException e) {
            return new Answer.None("too many other orders are on their way");
        } catch (RemoteProblem e) {
            return switch (e.status()) {
                case 409 -> new Answer.Outdated(String.valueOf(e.getMessage()));
                case 404, 422 -> new Answer.Refused(String.valueOf(e.getMessage()));
                default -> new Answer.None(String.valueOf(e.getMessage()));
            };
        } catch (RuntimeException e) {
            return new Answer.None(address + ": " + e.getMessage());
        }
    }

    private AgentApi client(String address) {
        RestClient.Builder builder =
                RestClient.builder().baseUrl(address).requestFactory(new HttpComponentsClientHttpRequestFactory(http));
        clients.configure(
                builder,
                AGENT,
                tokens,
                CircuitBreaker.of(address, clients.breakers().getDefaultConfig()));
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(builder.build()))
                .build()
                .createClient(AgentApi.class);
    }

    /** Orders are repeated by who decides on them, not here. */
    private static CloseableHttpClient http(OrderProperties properties) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(properties.concurrent())
                        .setMaxConnPerRoute(properties.concurrent())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(properties.connectTimeout()))
                                .setSocketTimeout(Timeout.of(properties.answerTimeout()))
                                .setValidateAfterInactivity(SURELY_OPEN)
                                .build())
                        .build())
                .evictIdleConnections(IDLE)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    @Override
    public void destroy() {
        http.close(CloseMode.IMMEDIATE);
    }
}
