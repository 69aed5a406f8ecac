package dev.flotilla.target.declaration;

import dev.flotilla.api.Names;
import dev.flotilla.api.ServiceName;
import dev.flotilla.api.VersionName;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.platform.security.Caller;
import dev.flotilla.platform.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Declarations as files: one machine a line. */
@RestController
class TargetFileController {
    private final Declarer declarer;
    private final Deployments deployments;
    private final RolloutDefaults defaults;

    TargetFileController(Declarer declarer, Deployments deployments, RolloutDefaults defaults) {
        this.declarer = declarer;
        this.deployments = deployments;
        this.defaults = defaults;
    }

    @PutMapping(value = TargetApi.TARGETS_PATH, consumes = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "requestDeployPayloadToTargets", summary = "Declare that machines shall run a version")
    @RequestBody(
            description = "one machine a line; blank lines and what comes after a # are left out",
            content =
                    @Content(
                            mediaType = "text/plain",
                            schema = @Schema(type = "string", example = "m1\nm2  # the second\n")))
    ResponseEntity<Deployment> declare(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            @ParameterObject @ModelAttribute @Valid RolloutOptions options,
            @Parameter(description = "why, for the history; for a declaration as text/plain")
                    @RequestParam(required = false)
                    @Nullable
                    @Size(max = 1000)
                    @Pattern(regexp = Names.TEXT, message = Names.TEXT_ALLOWED)
                    String reason,
            InputStream body) {
        Caller caller = Caller.current();
        caller.require(Role.DEPLOYER);
        caller.requireService(service);
        Deployment deployment = declarer.declare(new Declarer.Wish(
                service, version, TargetFile.read(body), defaults.fill(options), caller.name(), reason, null, null));
        return ResponseEntity.accepted()
                .location(URI.create("/v1/deployments/" + deployment.id()))
                .body(deployment);
    }

    /** The last declaration of a version. */
    @GetMapping(value = TargetApi.TARGETS_PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Deployment last(@PathVariable @ServiceName String service, @PathVariable @VersionName String version) {
        return deployments
                .lastOf(service, version)
                .orElseThrow(() -> ProblemException.notFound(
                        "version", version, "Version '" + version + "' of '" + service + "' was never declared."));
    }

    /** The same as the file {@code target_service_version}. */
    @GetMapping(value = TargetApi.TARGETS_PATH, produces = MediaType.TEXT_PLAIN_VALUE)
    void file(
            @PathVariable @ServiceName String service,
            @PathVariable @VersionName String version,
            HttpServletResponse response)
            throws IOException {
        Deployment deployment = last(service, version);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"target_" + Names.fileName(service, version) + "\"");
        try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            TargetFile.write(deployment, out);
        }
    }
}
