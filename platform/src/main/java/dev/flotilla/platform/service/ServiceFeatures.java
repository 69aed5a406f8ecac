package dev.flotilla.platform.service;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out the auto-configuration of what a service has not asked for. In one process with the others, and on the class path that all processes
 * share, every library is there for every service; being there must not mean being started. A service that names a {@code flotilla.schema} has a
 * database; more is asked for by {@code flotilla.uses}: {@code jpa}, {@code scheduler}, {@code pages}.
 */
class ServiceFeatures implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final Map<String, List<String>> PACKAGES = Map.of(
            "database",
            List.of("org.springframework.boot.jdbc.autoconfigure.", "org.springframework.boot.flyway.autoconfigure."),
            "jpa",
            List.of(
                    "org.springframework.boot.hibernate.autoconfigure.",
                    "org.springframework.boot.data.jpa.autoconfigure.",
                    "org.springframework.boot.data.autoconfigure."),
            "scheduler",
            List.of("com.github.kagkarlsson.scheduler.boot.autoconfigure."),
            "pages",
            List.of("org.springframework.boot.thymeleaf.autoconfigure."));

    private Set<String> uses = Set.of();
    private boolean database;

    @Override
    public void setEnvironment(Environment environment) {
        uses = Set.of(environment.getProperty("flotilla.uses", String[].class, new String[0]));
        database = environment.containsProperty("flotilla.schema");
    }

    @Override
    public boolean[] match(@Nullable String[] classNames, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[classNames.length];
        for (int i = 0; i < classNames.length; i++) {
            String name = classNames[i];
            wanted[i] = name == null || isWanted(name);
        }
        return wanted;
    }

    private boolean isWanted(String autoConfiguration) {
        return PACKAGES.entrySet().stream()
                .filter(feature -> feature.getValue().stream().anyMatch(autoConfiguration::startsWith))
                .allMatch(feature -> feature.getKey().equals("database") ? database : uses.contains(feature.getKey()));
    }
}
