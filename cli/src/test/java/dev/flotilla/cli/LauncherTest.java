package dev.flotilla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./flotilla} in a clone where Maven and Java are stand-ins that write down how they were called. */
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path home;
    private Path jdk;

    private record Result(int exit, String out, String err) {}

    @BeforeEach
    void makeClone() throws IOException {
        home = folder.resolve("a clone");
        jdk = folder.resolve("jdk");
        Files.createDirectories(home.resolve("deploy"));
        Files.copy(REPOSITORY.resolve("flotilla"), home.resolve("flotilla"));
        Files.copy(REPOSITORY.resolve("deploy/find-jdk"), home.resolve("deploy/find-jdk"));
        script(home.resolve("mvnw"), """
                echo "$*" >>"%1$s/builds"
                [ -f "%1$s/broken" ] && exit 1
                mkdir -p "%1$s/cli/target/dist/lib"
                touch "%1$s/cli/target/dist/lib/b.jar" "%1$s/cli/target/dist/lib/a.jar" "%1$s/cli/target/dist/built"
                """.formatted(home));
        script(jdk.resolve("bin/java"), "for word in \"$@\"; do echo \"$word\"; done");
        script(jdk.resolve("bin/javac"), "");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        source("api/src/main/java/A.java");
        source("cli/src/main/java/B.java");
    }

    @Test
    void theFirstCallBuildsAndTheNextOnlyRuns() throws Exception {
        Result first = flotilla(Map.of(), "status", "two words");
        assertThat(first.exit()).isZero();
        assertThat(first.err()).contains("Building Flotilla");
        assertThat(first.out()).endsWith("dev.flotilla.cli.Flotilla\nstatus\ntwo words\n");
        assertThat(first.out()).contains("%1$s/a.jar:%1$s/b.jar\n".formatted(home.resolve("cli/target/dist/lib")));

        assertThat(flotilla(Map.of(), "status").err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aChangedAndADeletedSourceAreBuilt() throws Exception {
        flotilla(Map.of());
        later(source("api/src/main/java/A.java"));
        flotilla(Map.of());
        assertThat(builds()).hasSize(2);

        Files.setLastModifiedTime(home.resolve("api/src/main/java/A.java"), FileTime.from(Instant.EPOCH));
        Files.delete(home.resolve("api/src/main/java/A.java"));
        flotilla(Map.of());
        assertThat(builds()).hasSize(3);
    }

    @Test
    void aTestThatChangedIsNoReasonToBuild() throws Exception {
        flotilla(Map.of());
        later(source("api/src/test/java/ATest.java"));
        flotilla(Map.of());
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aBuildThatFailsEndsWithTheExitCodeForTheEnvironmentAndLeavesNoLock() throws Exception {
        Files.createFile(home.resolve("broken"));
        Result result = flotilla(Map.of(), "status");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).contains("could not be built");
        assertThat(home.resolve("cli/target/building")).doesNotExist();
    }

    @Test
    void aLockLeftByABuildThatWasKilledHoldsNobodyUp() throws Exception {
        Path lock = Files.createDirectories(home.resolve("cli/target/building"));
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
        assertThat(flotilla(Map.of(), "status").exit()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void nothingIsBuiltWhereThatIsForbidden() throws Exception {
        flotilla(Map.of());
        later(source("api/src/main/java/A.java"));
        assertThat(flotilla(Map.of("FLOTILLA_BUILD", "never"), "status").exit()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void theWidthOfTheTerminalIsTold() throws Exception {
        assumeThat(Path.of("/usr/bin/script")).exists();
        Result result =
                run(Map.of(), List.of("script", "-qec", "stty cols 61; '" + home + "/flotilla' status", "/dev/null"));
        assertThat(result.out()).contains("-Dflotilla.terminal=61");
        assertThat(flotilla(Map.of(), "status").out()).as("a pipe").doesNotContain("-Dflotilla.terminal");
    }

    private Result flotilla(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("flotilla").toString()));
        command.addAll(List.of(arguments));
        return run(environment, command);
    }

    private Result run(Map<String, String> environment, List<String> command) throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().remove("FLOTILLA_BUILD");
        builder.environment().put("FLOTILLA_JDK", jdk.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(home.resolve("builds"));
    }

    private Path source(String name) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "class A {}");
    }

    private static void later(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(5)));
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
