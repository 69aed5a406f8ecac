package dev.flotilla.console;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.web.service.registry.ImportHttpServices;

/** Starts the console. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@ImportHttpServices(group = "upload-service", types = UploadApi.class)
@ImportHttpServices(group = "version-registry-service", types = RegistryApi.class)
@ImportHttpServices(group = "orchestrator-service", types = OrchestratorApi.class)
@ImportHttpServices(
        group = "policy-engine",
        types = {PolicyApi.class, RulesApi.class, MaintenanceApi.class})
@ImportHttpServices(
        group = "device-manager",
        types = {DeviceApi.class, RepairApi.class, HealthApi.class})
public class Console {
    public static final String NAME = "console";

    public static void main(String[] args) {
        FlotillaService.run(Console.class, NAME, args);
    }
}
