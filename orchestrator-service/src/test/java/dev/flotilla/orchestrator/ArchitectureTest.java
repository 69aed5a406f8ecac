package dev.flotilla.orchestrator;

import dev.flotilla.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void keepsTheRulesOfTheHouse() {
        ArchitectureRules.check("orchestrator");
    }
}
