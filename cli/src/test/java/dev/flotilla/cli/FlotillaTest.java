package dev.flotilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.policyagent.PolicyAgentCommand;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.ClusterState;
import dev.flotilla.cli.supervisor.ClusterState.Phase;
import dev.flotilla.cli.supervisor.ClusterState.RunningProcess;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.StateFile;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.standalone.Part;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FlotillaTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void helpTellsTheCommandsAndTheExitCodes() {
        assertThat(run("--help")).isEqualTo(Exit.OK);
        assertThat(out()).contains("up ", "demo ", "deploy ", "completion ", "Exit codes:", "a port is taken");
    }

    @Test
    void whatCouldNotBeWrittenIsNoSuccess() throws IOException {
        for (String command : List.of("--help", "completion")) {
            try (PrintStream full = new PrintStream(new FileOutputStream("/dev/full"))) {
                assertThat(Flotilla.run(full, new PrintStream(err, true, StandardCharsets.UTF_8), command))
                        .as(command)
                        .isEqualTo(Exit.FAILED);
            }
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("could not be written");
    }

    @Test
    void nothingIsSaidToWhoReadsNoFurther() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(Flotilla.run(
                        new StandardOutput(closed), new PrintStream(err, true, StandardCharsets.UTF_8), "completion"))
                .isEqualTo(Exit.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void helpFitsTheTerminalAndIsNoWiderThanOneReads() {
        assertThat(Flotilla.helpWidth(80)).isEqualTo(80);
        assertThat(Flotilla.helpWidth(300)).isEqualTo(Flotilla.helpWidth(0)).isEqualTo(110);
        assertThat(Flotilla.helpWidth(20)).as("the least that picocli takes").isEqualTo(55);
    }

    @Test
    void eachCommandHasHelpOfItsOwn() {
        assertHelp(Flotilla.commandLine(System.out, System.err));
    }

    @Test
    void theRulesOfThePolicyAgentAreNotBrokenInItsHelp() {
        for (int columns : List.of(80, 110)) {
            CommandLine agent = new CommandLine(new PolicyAgentCommand()).setUsageHelpWidth(columns);
            assertThat(agent.getUsageMessage().lines().map(String::strip))
                    .contains(
                            "hours 22:00-04:00 Europe/Berlin",
                            "command 'CMD': drains; run again until it exits with 0",
                            "delay 10m: delays, and acknowledges after that")
                    .anyMatch(line -> line.endsWith("always"));
        }
    }

    private void assertHelp(CommandLine parent) {
        parent.getSubcommands().values().forEach(command -> {
            out.reset();
            String name = command.getCommandSpec().qualifiedName();
            assertThat(run((name + " --help").substring("flotilla ".length()).split(" ", -1)))
                    .as(name)
                    .isEqualTo(Exit.OK);
            assertThat(out()).as(name).contains("Usage: " + name, "--output", "--data");
            assertHelp(command);
        });
    }

    @Test
    void anAmountThatIsNoneNamesTheOption() {
        assertThat(run("deploy", "hello", "1.0.0", "--machines", "m1", "--max-unavailable", "0"))
                .isEqualTo(Exit.USAGE);
        assertThat(err())
                .startsWith(
                        "Invalid value for option '--max-unavailable': '0' must be a number of machines from 1 to 999999")
                .contains("such as 3 or 20%");
    }

    @Test
    void aDurationThatIsNoneNamesTheOptionAndShowsExamples() {
        assertThat(run("deploy", "hello", "1.0.0", "--machines", "m1", "--min-healthy-time", "20x"))
                .isEqualTo(Exit.USAGE);
        assertThat(err())
                .startsWith("Invalid value for option '--min-healthy-time': '20x' is no duration: write 20s, 5m, 1h30m")
                .doesNotContain("java.time");
    }

    @Test
    void aMistypedCommandIsAUsageErrorThatSuggestsTheRightOne() {
        assertThat(run("staus")).isEqualTo(Exit.USAGE);
        assertThat(err()).contains("staus", "status", "--help").hasLineCount(3);
    }

    @Test
    void aCommandWithoutItsArgumentsIsAUsageError() {
        assertThat(run("deploy", "hello")).isEqualTo(Exit.USAGE);
        assertThat(run("deploy", "hello", "1.0.0")).isEqualTo(Exit.USAGE);
        assertThat(run("upload", "no-such-file", "--service", "s", "--version", "1"))
                .isEqualTo(Exit.USAGE);
        assertThat(run("token", "--role", "king")).isEqualTo(Exit.USAGE);
        assertThat(run("token", "--life", "tomorrow")).isEqualTo(Exit.USAGE);
        assertThat(run("keys", "--token", "../x=viewer")).isEqualTo(Exit.USAGE);
        assertThat(run("keys", "--token", "x=king")).isEqualTo(Exit.USAGE);
        assertThat(run("up", "--machines", "0")).isEqualTo(Exit.USAGE);
        assertThat(run("logs", "nonsense")).isEqualTo(Exit.USAGE);
    }

    @Test
    void aServiceThatDoesNotAnswerIsUnreachable() throws Exception {
        LocalIssuer.openOrCreate(new DataFolder(folder).keys());
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ClusterOptions options = new ClusterOptions(1, closed.getLocalPort() - Part.UPLOAD.defaultPort(), false);
            RunningProcess self = RunningProcess.of(ProcessHandle.current());
            new StateFile(new DataFolder(folder))
                    .write(new ClusterState(self, Phase.READY, null, options, List.of(), List.of()));
        }
        assertThat(run("versions")).isEqualTo(Exit.UNREACHABLE);
        assertThat(err()).contains("upload-service", "can't be reached", "./flotilla up");
    }

    @Test
    void aTokenIsPrintedAndNothingElse() {
        LocalIssuer.openOrCreate(new DataFolder(folder).keys());
        assertThat(run("token", "--role", "Operator,viewer", "--services", "a,b", "--name", "alice"))
                .isEqualTo(Exit.OK);
        assertThat(out().strip()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
        String claims = new String(
                java.util.Base64.getUrlDecoder().decode(out().strip().split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertThat(claims)
                .contains("\"sub\":\"alice\"", "\"roles\":[\"operator\",\"viewer\"]", "\"services\":[\"a\",\"b\"]");
        assertThat(err()).isEmpty();
    }

    @Test
    void aTokenForAgentsIsPrintedAsAHeaderThatCurlReads() {
        LocalIssuer.openOrCreate(new DataFolder(folder).keys());
        assertThat(run("token", "--role", "operator", "--audience", "flotilla-agent", "--header"))
                .isEqualTo(Exit.OK);
        assertThat(out()).startsWith("Authorization: Bearer ").hasLineCount(1);
        assertThat(new String(
                        java.util.Base64.getUrlDecoder().decode(out().strip().split("\\.", -1)[1]),
                        StandardCharsets.UTF_8))
                .contains("\"aud\":\"flotilla-agent\"");
    }

    @Test
    void noTokenIsIssuedWhereNoClusterEverWas() {
        assertThat(run("token")).isEqualTo(Exit.UNREACHABLE);
        assertThat(folder.resolve("keys")).doesNotExist();
        assertThat(out()).isEmpty();
    }

    @Test
    void keysOfAClusterThatSomethingElseStartsAreMadeWhereNoneAre() {
        assertThat(run("keys", "--machines", "m1..m3", "--agent", "agent-7=m7", "--token", "import=operator"))
                .isEqualTo(Exit.OK);
        assertThat(folder.resolve("for/import/tokens/import.token")).exists();
        assertThat(folder.resolve("keys/issuer.key")).exists();
        assertThat(folder.resolve("tokens/upload-service.token")).exists();
        assertThat(folder.resolve("for/agent-7/tokens/agent-service.token")).exists();
        assertThat(folder.resolve("for/prometheus/tokens/prometheus.token")).exists();
    }

    @Test
    void aClusterThatNeverWasIsDownAndCanBeStopped() {
        assertThat(run("status")).isEqualTo(Exit.UNREACHABLE);
        assertThat(run("down")).isEqualTo(Exit.OK);
        assertThat(out()).contains("No cluster was running");
    }

    @Test
    void statusIsJsonForScripts() {
        assertThat(run("status", "--output", "json")).isEqualTo(Exit.UNREACHABLE);
        assertThat(out()).contains("\"state\" : \"down\"");
    }

    @Test
    void completionIsAScriptForTheShell() {
        assertThat(run("completion")).isEqualTo(Exit.OK);
        assertThat(out()).contains("complete -F _complete_flotilla", "--max-unavailable", "--all-deferrals", "approve");
    }

    private int run(String... args) {
        String[] line = java.util.Arrays.copyOf(args, args.length + 1);
        line[args.length] = "--data=" + folder;
        return Flotilla.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                line);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
