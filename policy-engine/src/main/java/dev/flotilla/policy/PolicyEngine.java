package dev.flotilla.policy;

import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service policy-engine. */
@SpringBootApplication(proxyBeanMethods = false)
public class PolicyEngine {
    public static final String NAME = "policy-engine";

    public static void main(String[] args) {
        FlotillaService.run(PolicyEngine.class, NAME, args);
    }
}
