package dev.flotilla.upload;

import dev.flotilla.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theRulesOfTheHouseAreKept() {
        ArchitectureRules.check("upload");
    }
}
