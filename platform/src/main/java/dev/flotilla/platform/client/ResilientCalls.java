package dev.flotilla.platform.client;

import dev.flotilla.platform.security.TokenSource;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the token with each call, repeats those that may be repeated, and gives a failing service a rest. A POST may be repeated when it only
 * asks, states a whole, asks for what it may have already, or carries an {@code Idempotency-Key}.
 */
final class ResilientCalls implements ClientHttpRequestInterceptor {
    private static final Set<HttpMethod> REPEATABLE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE);
    private static final Set<String> REPEATABLE_POSTS =
            Set.of("lookup", "decisions", "preview", "plan", "reports", "claims", "renewals", "closings");
    private final String service;
    private final TokenSource tokens;
    private final CircuitBreaker breaker;
    private final Retry retry;

    ResilientCalls(String service, TokenSource tokens, CircuitBreaker breaker, Retry retry) {
        this.service = service;
        this.tokens = tokens;
        this.breaker = breaker;
        this.retry = retry;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (!request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
            request.getHeaders().setBearerAuth(tokens.token());
        }
        try {
            return mayRepeat(request)
                    ? retry.executeCallable(() -> once(request, body, execution))
                    : once(request, body, execution);
        } catch (CallNotPermittedException e) {
            throw new RemoteUnavailable(service, "it failed too often just now and is given a rest", e);
        } catch (IOException e) {
            throw new RemoteUnavailable(
                    service, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ClientHttpResponse once(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        breaker.acquirePermission();
        long start = breaker.getCurrentTimestamp();
        try {
            ClientHttpResponse response = execution.execute(request, body);
            int status = response.getStatusCode().value();
            if (status == 502 || status == 503 || status == 504) {
                response.close();
                throw new IOException("it answered " + status);
            }
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
            return response;
        } catch (IOException | RuntimeException e) {
            breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
            throw e;
        }
    }

    private static boolean mayRepeat(HttpRequest request) {
        String path = request.getURI().getPath();
        return REPEATABLE.contains(request.getMethod())
                || request.getHeaders().containsHeader("Idempotency-Key")
                || REPEATABLE_POSTS.contains(path.substring(path.lastIndexOf('/') + 1));
    }
}
