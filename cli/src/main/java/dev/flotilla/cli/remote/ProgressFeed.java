package dev.flotilla.cli.remote;

import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.target.TargetApi;
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

    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final HttpClient http;
    private final URI address;
    private final TargetApi targets;
    private final TokenSource tokens;
    private final JsonMapper json;

    ProgressFeed(HttpClient http, URI address, TargetApi targets, TokenSource tokens, JsonMapper json) {
        this.targets = targets;
        this.http = http;
        this.address = address;
        this.tokens = tokens;
        this.json = json;
    }

    /**
     * Shows each progress as it comes, until the deployment is complete, halted or superseded; returns that last one.
     *
     * @param note told why nothing comes, when nothing comes for a while
     * @throws RemoteProblem 404 at once if it was never declared
     */
    public DeploymentProgress follow(String deployment, Consumer<DeploymentProgress> show, Consumer<String> note)
            throws InterruptedException {
        long began = System.nanoTime();
        boolean noted = false;
        while (true) {
            RuntimeException failure;
            try {
                Followed followed = followOnce(deployment, show);
                if (followed.last != null && ended(followed.last)) {
                    return followed.last;
                }
                if (followed.last != null) {
                    began = System.nanoTime();
                    noted = false;
                }
                failure = new RemoteUnavailable(name(), "the stream of progress ended early", null);
            } catch (RemoteProblem e) {
                if (e.status() != 404) {
                    throw e;
                }
                checkDeclared(deployment);
                failure = e;
            } catch (RemoteUnavailable e) {
                failure = e;
            }
            Duration silence = Duration.ofNanos(System.nanoTime() - began);
            if (silence.compareTo(PATIENCE) > 0) {
                throw failure;
            }
            if (!noted && silence.compareTo(SILENCE) > 0) {
                note.accept(failure.getMessage() + "; waiting for it, up to " + PATIENCE.toSeconds() + " s ...");
                noted = true;
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Nothing to wait for where nobody declared it; where that can't be asked, it may have been. */
    private void checkDeclared(String deployment) {
        try {
            targets.deployment(deployment);
        } catch (RemoteUnavailable e) {
            // not known, so go on waiting
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
