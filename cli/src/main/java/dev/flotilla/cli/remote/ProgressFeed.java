package dev.flotilla.cli.remote;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import dev.flotilla.platform.security.TokenSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Follows a deployment through its server-sent events, and through restarts of the orchestrator. */
public final class ProgressFeed {
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** A deployment just declared is not taken up at once, and an orchestrator may be starting again. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI address;
    private final TokenSource tokens;
    private final JsonMapper json;

    ProgressFeed(HttpClient http, URI address, TokenSource tokens, JsonMapper json) {
        this.http = http;
        this.address = address;
        this.tokens = tokens;
        this.json = json;
    }

    /** Shows each progress as it comes, until the deployment is complete, halted or superseded; returns that last one. */
    public DeploymentProgress follow(String deployment, Consumer<DeploymentProgress> show) throws InterruptedException {
        long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            RuntimeException failure;
            try {
                Followed followed = followOnce(deployment, show);
                if (followed.last != null && ended(followed.last)) {
                    return followed.last;
                }
                if (followed.last != null) {
                    patienceEnds = System.nanoTime() + PATIENCE.toNanos();
                }
                failure = new RemoteUnavailable(name(), "the stream of progress ended early", null);
            } catch (RemoteProblem e) {
                if (e.status() != 404) {
                    throw e;
                }
                failure = e;
            } catch (RemoteUnavailable e) {
                failure = e;
            }
            if (System.nanoTime() > patienceEnds) {
                throw failure;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static final class Followed {
        private @Nullable DeploymentProgress last;
    }

    private Followed followOnce(String deployment, Consumer<DeploymentProgress> show) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/deployments/" + Encoded.segment(deployment)))
                .header("Authorization", "Bearer " + tokens.token())
                .header("Accept", "text/event-stream, application/problem+json")
                .build();
        Followed followed = new Followed();
        try {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() >= 400) {
                    throw new Refusals("orchestrator-service", json)
                            .of(response.statusCode(), lines.collect(Collectors.joining("\n")));
                }
                new ServerSentEvents(data -> {
                            DeploymentProgress progress = json.readValue(data, DeploymentProgress.class);
                            followed.last = progress;
                            show.accept(progress);
                        })
                        .read(lines);
            }
            return followed;
        } catch (UncheckedIOException e) {
            return followed; // broke off: the caller asks anew
        } catch (IOException e) {
            throw new RemoteUnavailable(name(), Encoded.reason(e), e);
        }
    }

    private String name() {
        return "orchestrator-service at " + address;
    }

    private static boolean ended(DeploymentProgress progress) {
        return progress.state() != DeploymentState.ROLLING_OUT;
    }
}
