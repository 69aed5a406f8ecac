package dev.flotilla.agent;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.web.service.registry.ImportHttpServices;

/** The agent, for one machine or many. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@ImportHttpServices(group = "version-registry-service", types = RegistryApi.class)
public class AgentService {
    public static final String NAME = "agent-service";

    public static void main(String[] args) {
        FlotillaService.run(AgentService.class, NAME, args);
    }
}
