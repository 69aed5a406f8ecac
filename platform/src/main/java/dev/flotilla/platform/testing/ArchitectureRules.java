package dev.flotilla.platform.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** The rules of the house that a compiler does not know. Every module runs them on its own package. */
public final class ArchitectureRules {
    private static final String[] PARTS = {
        "upload", "target", "registry", "agent", "orchestrator", "policy", "device", "console", "standalone", "cli"
    };

    private ArchitectureRules() {}

    /**
     * Checks one part.
     *
     * @param part the package below {@code dev.flotilla}, such as {@code upload}
     * @param mayUse other parts whose classes it may use; services use none, they talk REST
     */
    public static void check(String part, String... mayUse) {
        JavaClasses product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.flotilla." + part);
        String own = "dev.flotilla." + part + "..";
        for (String other : PARTS) {
            if (!other.equals(part) && !java.util.List.of(mayUse).contains(other)) {
                noClasses()
                        .that()
                        .resideInAPackage(own)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.flotilla." + other + "..")
                        .because("the parts talk REST with each other, through the contracts in api")
                        .check(product);
            }
        }
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.flotilla.platform.testing..", "org.junit..", "org.assertj..")
                .because("product code does not depend on test support")
                .check(product);
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .haveNameMatching(".*(Helper|Util|Utils|Impl|Manager)")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .because(
                        "a name says what a thing is or does; of the part device-manager only its own name is excepted")
                .check(product.that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "not the main class of device-manager",
                        c -> !c.getSimpleName().equals("DeviceManager"))));
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.flotilla." + part + "..decision..",
                        "dev.flotilla." + part + "..consultation..",
                        "dev.flotilla." + part + "..verdict..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "java.sql..",
                        "javax.sql..",
                        "java.net..",
                        "java.net.http..",
                        "jakarta.persistence..",
                        "java.io..",
                        "java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .because("decisions are pure: no I/O, no clock, no randomness of their own")
                .allowEmptyShould(true)
                .check(product);
        classes()
                .that()
                .resideInAPackage(own)
                .should(new com.tngtech.archunit.lang.ArchCondition<>("stand in a package marked @NullMarked") {
                    @Override
                    public void check(
                            com.tngtech.archunit.core.domain.JavaClass type,
                            com.tngtech.archunit.lang.ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        if (!marked) {
                            events.add(com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                                    type, type.getName() + " is in a package without @NullMarked"));
                        }
                    }
                })
                .check(product);
    }
}
