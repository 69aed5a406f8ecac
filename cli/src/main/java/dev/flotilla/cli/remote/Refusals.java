package dev.flotilla.cli.remote;

import dev.flotilla.api.Problem;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Errors answered to the two calls that stream, told like all others. */
record Refusals(String service, JsonMapper json) {

    /** The failure that an answer of 400 or above stands for. */
    RuntimeException of(int status, String body) {
        if (status == 502 || status == 503 || status == 504) {
            return new RemoteUnavailable(service, "it answered " + status, null);
        }
        try {
            Problem problem = json.readValue(body, Problem.class);
            return new RemoteProblem(
                    service,
                    new Problem(
                            problem.type(),
                            problem.title(),
                            status,
                            problem.detail(),
                            problem.instance(),
                            problem.errors()));
        } catch (JacksonException e) {
            String detail = body.isBlank() ? "no detail was given" : body.substring(0, Math.min(300, body.length()));
            return new RemoteProblem(service, new Problem(null, "Error", status, detail, null, List.of()));
        }
    }

    RuntimeException of(HttpResponse<String> response) {
        return of(response.statusCode(), response.body());
    }
}
