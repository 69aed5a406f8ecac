package dev.flotilla.agent;

import dev.flotilla.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theHouseRulesHold() {
        ArchitectureRules.check("agent");
    }
}
