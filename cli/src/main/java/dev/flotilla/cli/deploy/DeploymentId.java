package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.OrchestratorApi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads which deployment is meant. */
final class DeploymentId implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (!text.matches(OrchestratorApi.ID)) {
            throw new TypeConversionException(
                    "'" + text
                            + "' is no deployment: that is a d and a number, such as d42, as 'deploy' answers it and the web page lists it");
        }
        return text;
    }
}
