package dev.flotilla.agent.svcmgr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.agent.payload.Sha256;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.upload.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one machine. */
class SupervisionTest {
    private static final String FOR_EVER = "exec sleep 600";

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
    void aScriptRunsAndKnowsWhatItIs() throws Exception {
        Payload payload = machines.payloads.script(
                "1.0.0", "echo $FLOTILLA_SERVICE $FLOTILLA_VERSION on $FLOTILLA_MACHINE in $PWD; " + FOR_EVER);

        machines.run("1.0.0", payload);

        assertThat(machines.report("m1").state()).isEqualTo(RunState.RUNNING);
        assertThat(machines.report("m1").version()).isEqualTo("1.0.0");
        assertThat(machines.report("m1").sha256()).isEqualTo(payload.sha256());
        assertThat(machines.log())
                .containsExactly("hello 1.0.0 on m1 in " + machines.folder().data());
        Path installed = machines.folder().payload("1.0.0");
        assertThat(installed.getFileName()).hasToString("hello_1.0.0");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(installed)))
                .isEqualTo("r-xr-xr-x");
    }

    @Test
    void theEnvironmentOfTheAgentIsNotHandedOn() throws Exception {
        machines.run("1", machines.payloads.script("1", "env; " + FOR_EVER));

        assertThat(machines.log()).anyMatch(line -> line.startsWith("PATH="));
        assertThat(machines.log())
                .allMatch(
                        line -> line.matches(
                                "(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_ALL|TZ|TMPDIR|JAVA_HOME|PWD|OLDPWD|SHLVL|_|FLOTILLA_[A-Z0-9_]+)=.*"));
    }

    @Test
    void aNewVersionTakesThePlaceOfTheOldOneAndOnlyThePreviousIsKept() {
        for (String version : List.of("1", "2", "3")) {
            machines.run(version, machines.payloads.script(version, FOR_EVER));
        }

        assertThat(machines.leaders())
                .singleElement()
                .satisfies(process -> assertThat(process.marks().version()).isEqualTo("3"));
        assertThat(machines.folder().version("1")).doesNotExist();
        assertThat(machines.folder().version("2")).exists();
        assertThat(machines.folder().version("3")).exists();
    }

    @Test
    void payloadsThatNoVersionNeedsAreRemovedFromTheStore() throws IOException {
        Payload first = machines.payloads.script("1", "# first\n" + FOR_EVER);
        machines.run("1", first);
        machines.run("2", machines.payloads.script("2", "# second\n" + FOR_EVER));
        machines.run("3", machines.payloads.script("3", "# third\n" + FOR_EVER));

        assertThat(machines.store().clean(machines.services()::neededDigests)).isEqualTo(1);
        assertThat(machines.store().find(first)).isEqualTo(Optional.empty());
    }

    @Test
    void anOrderForWhatRunsAlreadyIsDoneAtOnceWithoutARestart() {
        Payload payload = machines.payloads.script("1", FOR_EVER);
        machines.run("1", payload);
        long pid = machines.pid();

        assertThat(machines.give(machines.order("m1", "1", payload)).phase()).isEqualTo(OrderPhase.DONE);

        assertThat(machines.pid()).isEqualTo(pid);
    }

    @Test
    void aVersionThatDoesNotStayUpFailsWithItsLastWordsAndThePreviousOneRunsAgain() {
        machines.run("1", machines.payloads.script("1", FOR_EVER));

        String reason = machines.fail("2", machines.payloads.script("2", "echo no such table >&2; exit 3"));

        assertThat(reason)
                .contains("2 ended with exit code 3 after")
                .contains("no such table")
                .endsWith("back to 1");
        machines.awaitState(RunState.RUNNING);
        assertThat(machines.report("m1").version()).isEqualTo("1");
        assertThat(machines.leaders()).hasSize(1);
    }

    @Test
    void aVersionThatEndsWellTooSoonFailsToo() {
        String reason = machines.fail("1", machines.payloads.script("1", "exit 0"));

        assertThat(reason).contains("1 ended with exit code 0 after").contains("without any output");
        assertThat(machines.report("m1").state()).isEqualTo(RunState.STOPPED);
        assertThat(machines.leaders()).isEmpty();
    }

    @Test
    void aVersionThatIsKilledBySignalSaysWhich() {
        assertThat(machines.fail("1", machines.payloads.script("1", "kill -SEGV $$")))
                .contains("SIGSEGV");
    }

    @Test
    void bytesThatCannotRunFailWithTheReason() {
        assertThat(machines.fail("1", machines.payloads.add("1", new byte[] {1, 2, 3, 4, 5})))
                .contains("nothing that a machine can run: it begins with the bytes 01 02 03 04")
                .contains("a program (ELF), a script", "or a tar.gz bundle");
        assertThat(machines.fail("6", machines.payloads.add("6", "echo hello\n".getBytes(UTF_8))))
                .contains("6 can't be run: the payload is a text file, and its first line does not begin with #!");
        assertThat(machines.fail("2", machines.payloads.add("2", new byte[0]))).contains("the payload is empty");
        assertThat(machines.fail("3", new Payload("a".repeat(64), 7))).contains("there is no version 3");
        assertThat(machines.fail(
                        "4",
                        machines.payloads.script("4", "").sha256().isEmpty()
                                ? new Payload("a".repeat(64), 7)
                                : new Payload(
                                        "b".repeat(64),
                                        machines.payloads.script("4", FOR_EVER).size())))
                .contains("SHA-256 differs");
        assertThat(machines.fail("5", machines.payloads.add("5", "#!/no/such/interpreter\n".getBytes(UTF_8))))
                .contains("5 ended with exit code 12");
    }

    @Test
    void aKilledProcessIsStartedAgainAndCounted() {
        machines.run("1", machines.payloads.script("1", FOR_EVER));
        long pid = machines.pid();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await().until(() -> machines.leaders().stream().anyMatch(process -> process.pid() != pid));
        machines.awaitState(RunState.RUNNING);
        assertThat(machines.report("m1").restarts()).isEqualTo(1);
    }

    @Test
    void aCrashLoopIsReportedAsSuchUntilTheProcessStaysUp() throws Exception {
        Path trouble = data.resolve("trouble");
        machines.run("1", machines.payloads.script("1", "test ! -e " + trouble + " || exit 7; " + FOR_EVER));
        Files.createFile(trouble);

        ProcessHandle.of(machines.pid()).orElseThrow().destroyForcibly();

        await().until(() -> machines.report("m1").restarts() >= 4);
        assertThat(machines.report("m1").state()).isEqualTo(RunState.CRASHED);
        assertThat(machines.log()).anyMatch(line -> line.matches(".*exit code 7 .* failures in a row.*"));
        Files.delete(trouble);
        machines.awaitState(RunState.RUNNING);
    }

    @Test
    void aGroupThatIgnoresSigtermIsKilledAfterTheGraceWithAllItsChildren() {
        machines.run(
                "1",
                machines.payloads.script(
                        "1", "trap '' TERM; (while true; do sleep 1; done) & while true; do sleep 1; done"));
        assertThat(machines.all().size()).isGreaterThan(2);

        machines.run("2", machines.payloads.script("2", FOR_EVER));

        assertThat(machines.all())
                .singleElement()
                .satisfies(process -> assertThat(process.marks().version()).isEqualTo("2"));
    }

    @Test
    void aProcessThatIsAskedToStopHasItsGrace() throws Exception {
        machines.run(
                "1",
                machines.payloads.script(
                        "1", "trap 'sleep 0.3; echo good bye; exit 0' TERM; while true; do sleep 0.1; done"));

        machines.run("2", machines.payloads.script("2", FOR_EVER));

        assertThat(machines.log()).contains("good bye");
    }

    @Test
    void whatADeadProcessLeavesBehindIsEndedBeforeItIsStartedAgain() throws Exception {
        machines.run("1", machines.payloads.script("1", "sleep 599 & echo child $!; " + FOR_EVER));
        long pid = machines.pid();
        long child = Long.parseLong(machines.log().getFirst().substring("child ".length()));

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await().until(() -> machines.leaders().stream().anyMatch(process -> process.pid() != pid));
        assertThat(machines.all()).noneMatch(process -> process.pid() == child);
    }

    @Test
    void aNewerOrderSupersedesTheOneThatIsUnderWay() {
        machines.payloads.gate.acquireUninterruptibly();
        machines.give(machines.order("m1", "1", machines.payloads.script("1", "# one\n" + FOR_EVER)));
        machines.awaitPhase("m1", OrderPhase.FETCHING);
        machines.give(machines.order("m1", "2", machines.payloads.script("2", "# two\n" + FOR_EVER)));
        machines.payloads.gate.release();

        machines.awaitPhase("m1", OrderPhase.DONE);

        assertThat(machines.progress("m1").version()).isEqualTo("2");
        assertThat(machines.leaders())
                .singleElement()
                .satisfies(process -> assertThat(process.marks().version()).isEqualTo("2"));
    }

    @Test
    void theOldVersionRunsOnWhileTheNewOneIsFetched() {
        machines.run("1", machines.payloads.script("1", FOR_EVER));
        long pid = machines.pid();
        machines.payloads.gate.acquireUninterruptibly();
        machines.give(machines.order("m1", "2", machines.payloads.script("2", "# two\n" + FOR_EVER)));
        machines.awaitPhase("m1", OrderPhase.FETCHING);

        assertThat(machines.pid()).isEqualTo(pid);
        assertThat(machines.report("m1").state()).isEqualTo(RunState.RUNNING);
        assertThat(machines.report("m1").version()).isEqualTo("1");

        machines.payloads.gate.release();
        machines.awaitPhase("m1", OrderPhase.DONE);
        assertThat(machines.report("m1").version()).isEqualTo("2");
    }

    @Test
    void anOutdatedOrderIsRefused() {
        Payload payload = machines.payloads.script("1", FOR_EVER);
        machines.give(Machines.order("m1", "1", payload, 5, 10));
        machines.awaitPhase("m1", OrderPhase.DONE);

        assertThatThrownBy(() -> machines.give(Machines.order("m1", "1", payload, 4, 10)))
                .hasMessageContaining("epoch is 4");
        assertThatThrownBy(() -> machines.give(Machines.order("m1", "1", payload, 5, 9)))
                .hasMessageContaining("revision is 9");
    }

    @Test
    void theSameOrderAgainGetsTheSameAnswerAndIsCarriedOutOnce() {
        var order = machines.order("m1", "1", machines.payloads.script("1", FOR_EVER));
        machines.give(order);
        machines.awaitPhase("m1", OrderPhase.DONE);
        long pid = machines.pid();

        assertThat(machines.give(order).phase()).isEqualTo(OrderPhase.DONE);

        assertThat(machines.pid()).isEqualTo(pid);
    }

    @Test
    void filesThatWereDamagedArePutRightBeforeTheyAreStarted() throws Exception {
        Payload payload = machines.payloads.script("1", "echo good; " + FOR_EVER);
        machines.run("1", payload);
        machines.services().close(true);
        damage(machines.folder().payload("1"));

        machines.restartAgent();
        machines.awaitState(RunState.RUNNING);

        assertThat(machines.log()).containsOnly("good");
        assertThat(machines.payloads.opened).as("the store has them").hasValue(1);

        machines.services().close(true);
        damage(machines.folder().payload("1"));
        damage(machines.store().find(payload).orElseThrow());

        machines.restartAgent();
        machines.awaitState(RunState.RUNNING);

        assertThat(machines.log()).containsOnly("good");
        assertThat(machines.payloads.opened).as("the store is verified too").hasValue(2);
    }

    @Test
    void aServiceThatRewritesItsOwnProgramHarmsNothingAndIsPutRightBeforeItStartsAgain() throws Exception {
        Payload payload = machines.payloads.script(
                "1",
                "echo good; chmod u+w $0; echo '#!/bin/sh' > $0.new; echo 'echo evil; exec sleep 600' >> $0.new; cat $0.new > $0; "
                        + FOR_EVER);
        machines.run("1", payload);
        await().until(() -> Files.readString(machines.folder().payload("1")).contains("evil"));
        long pid = machines.pid();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().until(() -> machines.leaders().stream().anyMatch(process -> process.pid() != pid));
        machines.awaitState(RunState.RUNNING);

        assertThat(machines.log().stream().filter(line -> !line.startsWith("[flotilla]")))
                .containsExactly("good", "good");
        assertThat(Sha256.of(machines.store().find(payload).orElseThrow())).isEqualTo(payload.sha256());
        assertThat(machines.payloads.opened).hasValue(1);
    }

    private static void damage(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(file, "#!/bin/sh\necho evil; exec sleep 600\n");
    }

    @Test
    void closingCanStopAllServicesAndTheyRunAgainAfterwards() throws Exception {
        machines.run("1", machines.payloads.script("1", FOR_EVER));

        machines.services().close(true);
        assertThat(machines.all()).isEmpty();

        machines.restartAgent();
        await().atMost(Duration.ofSeconds(10)).until(() -> machines.leaders().size() == 1);
    }
}
