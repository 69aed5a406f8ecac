package dev.flotilla.platform.service;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a service: its configuration is {@code platform.yaml} and then the file named after the service. */
public final class FlotillaService {
    private FlotillaService() {}

    /**
     * Starts a service and returns once it answers requests.
     *
     * @param main the service's main class
     * @param name the service's name, which is its folder in the repository
     */
    public static ConfigurableApplicationContext run(Class<?> main, String name, String... args) {
        return application(main, name).run(args);
    }

    /** The same, not yet started. */
    public static SpringApplication application(Class<?> main, String name) {
        SpringApplication application = new SpringApplication(main);
        application.setDefaultProperties(properties(name));
        application.setRegisterShutdownHook(true);
        return application;
    }

    /** The properties that make a Spring application the service of that name. */
    public static Map<String, Object> properties(String name) {
        return Map.of(
                "spring.config.name",
                "platform," + name,
                "spring.application.name",
                name,
                "spring.jmx.enabled",
                "false");
    }
}
