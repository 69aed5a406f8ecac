package dev.flotilla.agent.svcmgr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.agent.install.Bundles;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles with real programs in them. */
class BundleTest {
    @TempDir
    Path data;

    private Machines machines;

    @BeforeEach
    void begin() throws IOException {
        machines = new Machines(data, "m1");
    }

    @AfterEach
    void end() throws Exception {
        machines.close();
    }

    @Test
    void aBundleRunsAsItsDescriptorSays() throws Exception {
        run(
                "1",
                new Bundles()
                        .descriptor("""
                                command: [bin/run]
                                arguments: [one, two words]
                                environment: {GREETING: hello}
                                """)
                        .script("bin/run", "echo \"$GREETING $# $2 from $(cat etc/place)\"; exec sleep 600")
                        .file("etc/place", 0644, "the bundle".getBytes(UTF_8)));

        assertThat(machines.log()).containsExactly("hello 2 two words from the bundle");
    }

    @Test
    void anElfProgramRuns() throws Exception {
        byte[] sleep = Files.readAllBytes(Path.of("/bin/sleep").toRealPath());
        run("1", new Bundles().descriptor("{command: [nap], arguments: [600]}").file("nap", 0755, sleep));

        assertThat(machines.report("m1").state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aVersionThatDoesNotPassItsProbeFails() {
        String reason = fail(
                "1",
                new Bundles()
                        .descriptor("{command: [run], probe: {exec: [check], interval: 100ms}}")
                        .script("check", "exit 4")
                        .script("run", "exec sleep 600"));

        assertThat(reason).contains("did not become healthy within PT3S").contains("'check' ended with exit code 4");
        await().until(() -> machines.leaders().isEmpty());
    }

    @Test
    void aProcessThatBecomesUnhealthyIsStartedAgain() throws Exception {
        run(
                "1",
                new Bundles()
                        .descriptor("""
                                command: [run]
                                probe: {exec: [check], interval: 100ms, failureThreshold: 2}
                                """)
                        .script("check", "test -e healthy")
                        .script("run", "touch healthy; exec sleep 600"));
        long pid = machines.pid();

        Files.delete(machines.folder().bundle("1").resolve("healthy"));

        await().until(() -> machines.leaders().stream().anyMatch(process -> process.pid() != pid));
        machines.awaitState(RunState.RUNNING);
        assertThat(machines.report("m1").restarts()).isEqualTo(1);
        assertThat(machines.log())
                .anyMatch(line -> line.contains("1 is unhealthy: the probe 'check' ended with exit code 1"));
    }

    @Test
    void aTcpProbeWaitsForThePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            run(
                    "1",
                    new Bundles()
                            .descriptor("{command: [sleep], arguments: [600], probe: {tcp: '" + socket.getLocalPort()
                                    + "'}}"));
        }
        assertThat(machines.report("m1").state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aBundleThatCannotRunSaysWhy() {
        assertThat(fail("1", new Bundles().script("run", "true")))
                .contains("the bundle has no flotilla.yaml at its root");
        assertThat(fail("2", new Bundles().descriptor("command: run")))
                .contains("flotilla.yaml: command must be a list");
        assertThat(fail("3", new Bundles().descriptor("command: [bin/run]")))
                .contains("'bin/run' is not in the bundle");
        assertThat(fail("4", new Bundles().descriptor("command: [run]").file("run", 0644, new byte[1])))
                .contains("'run' is not executable");
        assertThat(fail("5", new Bundles().descriptor("command: [../../run]"))).contains("is not in the bundle");
        assertThat(fail("6", new Bundles().descriptor("command: [run]").file("../evil", 0644, new byte[1])))
                .contains("leads out of it");
        assertThat(fail("7", new Bundles().descriptor("command: [no-such-program]")))
                .contains("failed to execute");
    }

    @Test
    void aFileOfABundleThatWasWrittenToIsPutRightBeforeItIsUsedAgain() throws Exception {
        run(
                "1",
                new Bundles()
                        .descriptor("command: [bin/run]")
                        .script("bin/run", "cat lib/part; exec sleep 600")
                        .file("lib/part", 0644, "good\n".getBytes(UTF_8)));
        Path part = machines.folder().bundle("1").resolve("lib/part");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
                .isEqualTo("r--r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part.getParent())))
                .isEqualTo("r-xr-xr-x");
        FileTime modified = Files.getLastModifiedTime(part);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(part, "evil\n");
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("r--r--r--"));
        Files.setLastModifiedTime(part, modified);
        long pid = machines.pid();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().until(() -> machines.leaders().stream().anyMatch(process -> process.pid() != pid));
        machines.awaitState(RunState.RUNNING);

        assertThat(machines.log()).doesNotContain("evil");
        assertThat(machines.payloads.opened).hasValue(1);
    }

    @Test
    void aProbedVersionThatAnAgentFindsInMidSwitchMustPassItsProbeFirst() throws Exception {
        Path well = data.resolve("well");
        run("1", new Bundles().descriptor("command: [run]").script("run", "exec sleep 600"));
        Bundles probed = new Bundles()
                .descriptor("{command: [run], probe: {exec: [check], interval: 100ms}}")
                .script("check", "test -e " + well)
                .script("run", "exec sleep 600");
        machines.give(machines.order("m1", "2", machines.payloads.add("2", probed.pack())));
        await().until(() -> machines.leaders().stream()
                .anyMatch(process -> process.marks().version().equals("2")));

        machines.restartAgent();

        await().during(Machines.STAY_UP.multipliedBy(3))
                .until(() -> machines.progress("m1").phase() == OrderPhase.SWITCHING
                        && machines.report("m1").state() == RunState.STARTING);
        Files.createFile(well);
        machines.awaitPhase("m1", OrderPhase.DONE);
    }

    @Test
    void anUnpackedBundleWhoseFilesAreGoneIsPutRight() throws Exception {
        run("1", new Bundles().descriptor("command: [run]").script("run", "exec sleep 600"));
        machines.services().close(true);
        Files.delete(machines.folder().bundle("1").resolve("flotilla.yaml"));
        Files.delete(machines.folder().bundle("1").resolve("run"));
        Files.delete(machines.folder().bundle("1"));

        machines.restartAgent();

        machines.awaitState(RunState.RUNNING);
    }

    private void run(String version, Bundles bundle) {
        machines.run(version, machines.payloads.add(version, bundle.pack()));
    }

    private String fail(String version, Bundles bundle) {
        return machines.fail(version, machines.payloads.add(version, bundle.pack()));
    }
}
