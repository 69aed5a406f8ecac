package dev.flotilla.api.orchestrator;

import dev.flotilla.api.Names;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A command, and why it is given. Who gives it is in the token.
 *
 * @param reason kept in the history and served wherever the command is the reason of a wait
 */
public record CommandRequest(
        @NotNull Command command,

        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason) {}
