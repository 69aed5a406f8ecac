package dev.flotilla.orchestrator;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.TopologyApi;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.web.service.registry.ImportHttpServices;

/** The orchestrator: turns declared deployments into rollouts and drives them. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@ImportHttpServices(group = "target-service", types = TargetApi.class)
@ImportHttpServices(group = "version-registry-service", types = RegistryApi.class)
@ImportHttpServices(
        group = "device-manager",
        types = {DeviceApi.class, RepairApi.class, TopologyApi.class})
@ImportHttpServices(
        group = "policy-engine",
        types = {PolicyApi.class, RulesApi.class, MaintenanceApi.class})
public class OrchestratorService {
    public static final String NAME = "orchestrator-service";

    public static void main(String[] args) {
        FlotillaService.run(OrchestratorService.class, NAME, args);
    }
}
