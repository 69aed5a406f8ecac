package dev.flotilla.api.orchestrator;

import dev.flotilla.api.Names;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** Why a halted deployment may go on. */
public record ResumeRequest(
        @NotBlank @Size(max = 1000) @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
        String reason) {}
