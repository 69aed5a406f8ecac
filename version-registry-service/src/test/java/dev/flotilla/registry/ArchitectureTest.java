package dev.flotilla.registry;

import dev.flotilla.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theRegistryKeepsTheRulesOfTheHouse() {
        ArchitectureRules.check("registry");
    }
}
