package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.platform.problem.RequestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A policy as it is typed: by options, or whole in a file. */
record PolicyInput(
        Where where,
        @Nullable Effect effect,
        @Nullable String condition,
        @Nullable Instant until,
        @Nullable String reason,
        boolean mayMatchNothing,
        @Nullable Path file) {

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
            return RequestJson.read(text, Policy.class);
        } catch (IOException e) {
            throw usage(file + " is no file that can be read.");
        } catch (RequestJson.Unreadable e) {
            throw usage(file + " is no policy in JSON: " + e.getMessage());
        }
    }

    private static CliFailure usage(String message) {
        return new CliFailure(Exit.USAGE, message);
    }
}
