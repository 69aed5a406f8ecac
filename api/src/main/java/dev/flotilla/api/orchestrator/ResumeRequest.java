package dev.flotilla.api.orchestrator;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why a halted deployment may go on. */
public record ResumeRequest(@NotBlank @Size(max = 1000) String reason) {}
