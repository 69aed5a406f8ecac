package dev.flotilla.console;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.flotilla.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theConsoleKeepsTheRulesOfTheHouse() {
        ArchitectureRules.check("console");
    }

    @Test
    void itsPackagesDoNotDependOnEachOtherInCircles() {
        slices().matching("dev.flotilla.console.(*)..")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.flotilla.console"));
    }
}
