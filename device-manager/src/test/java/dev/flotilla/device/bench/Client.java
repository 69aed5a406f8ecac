package dev.flotilla.device.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/** Requests to the service, timed, one after the other. */
final class Client {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String token;

    Client(String base, String token) {
        this.base = base;
        this.token = token;
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
    }

    HttpRequest post(String path, String json) {
        return to(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    String send(HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(request.uri() + " answered " + answer.statusCode() + ": "
                        + answer.body().substring(0, Math.min(500, answer.body().length())));
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Streams a body; answers what was answered. */
    void upload(String what, String path, InputStream body) {
        long start = System.nanoTime();
        String answer = send(to(path).header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofInputStream(() -> body))
                .build());
        System.out.printf(Locale.ROOT, "%-52s %8.1f s   %s%n", what, (System.nanoTime() - start) / 1e9, answer);
    }

    /** Sends so many requests, a tenth of them before the measurement. */
    void measure(String what, int times, IntFunction<HttpRequest> request) {
        for (int i = 0; i < times / 10; i++) {
            send(request.apply(i));
        }
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            HttpRequest next = request.apply(i);
            long start = System.nanoTime();
            send(next);
            nanos[i] = System.nanoTime() - start;
        }
        print(what, nanos);
    }

    static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-52s %8.1f ms %8.1f ms%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6);
    }
}
