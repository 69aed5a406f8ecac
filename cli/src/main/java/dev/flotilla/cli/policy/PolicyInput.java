package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A policy as it is typed: by options, or whole in a file. */
record PolicyInput(
        Where where,
        @Nullable Effect effect,
        @Nullable String condition,
        @Nullable Instant until,
        @Nullable String reason,
        boolean mayMatchNothing,
        @Nullable Path file) {

    /** What it does not know it refuses, as policy-engine does: a policy whose condition is misspelt would hold everything back. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    Policy policy() {
        if (file == null) {
            if (effect == null || reason == null) {
                throw usage("Say --effect and --reason, or --file.");
            }
            return new Policy(where.selector(), effect, condition, null, reason, until, mayMatchNothing ? true : null);
        }
        if (where.given()
                || effect != null
                || condition != null
                || until != null
                || reason != null
                || mayMatchNothing) {
            throw usage("With --file the file says all: leave the other options out.");
        }
        try {
            String text = file.toString().equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
            return JSON.readValue(text, Policy.class);
        } catch (IOException e) {
            throw usage(file + " is no file that can be read.");
        } catch (JacksonException e) {
            throw usage(file + " is no policy in JSON: " + e.getOriginalMessage());
        }
    }

    private static CliFailure usage(String message) {
        return new CliFailure(Exit.USAGE, message);
    }
}
