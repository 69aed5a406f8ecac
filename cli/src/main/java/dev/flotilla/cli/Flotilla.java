package dev.flotilla.cli;

import dev.flotilla.cli.boq.AttestCommand;
import dev.flotilla.cli.boq.BoqCommand;
import dev.flotilla.cli.boq.BoqKeysCommand;
import dev.flotilla.cli.cluster.DownCommand;
import dev.flotilla.cli.cluster.LogsCommand;
import dev.flotilla.cli.cluster.StatusCommand;
import dev.flotilla.cli.cluster.UpCommand;
import dev.flotilla.cli.demo.DemoCommand;
import dev.flotilla.cli.deploy.DeployCommand;
import dev.flotilla.cli.deploy.ExplainCommand;
import dev.flotilla.cli.deploy.HistoryCommand;
import dev.flotilla.cli.deploy.PlanCommand;
import dev.flotilla.cli.deploy.TellCommand;
import dev.flotilla.cli.deploy.UploadCommand;
import dev.flotilla.cli.deploy.WatchCommand;
import dev.flotilla.cli.fleet.DeleteCommand;
import dev.flotilla.cli.fleet.MachinesCommand;
import dev.flotilla.cli.fleet.VersionsCommand;
import dev.flotilla.cli.policy.FreezeCommand;
import dev.flotilla.cli.policy.MaintenanceWindowCommand;
import dev.flotilla.cli.policy.OptInCommand;
import dev.flotilla.cli.policy.OptOutCommand;
import dev.flotilla.cli.policy.OptOutsCommand;
import dev.flotilla.cli.policy.OverridesCommand;
import dev.flotilla.cli.policy.PoliciesCommand;
import dev.flotilla.cli.policy.TenantsCommand;
import dev.flotilla.cli.policyagent.MaintenanceCommand;
import dev.flotilla.cli.policyagent.PolicyAgentCommand;
import dev.flotilla.cli.repair.HealthCommand;
import dev.flotilla.cli.repair.LimitsCommand;
import dev.flotilla.cli.repair.RepairsCommand;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Failures;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.session.UsageErrors;
import dev.flotilla.cli.time.Converters;
import dev.flotilla.cli.token.KeysCommand;
import dev.flotilla.cli.token.TokenCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** What {@code ./flotilla} runs. */
public final class Flotilla {
    private static final int WIDEST_HELP = 110;
    private static final int NARROWEST_HELP = 55;

    private Flotilla() {}

    public static void main(String[] args) {
        System.exit(run(new StandardOutput(new FileOutputStream(FileDescriptor.out)), System.err, args));
    }

    /** Carries out one command line and returns its exit code: no success where what it says could not be written. */
    public static int run(PrintStream out, PrintStream err, String... args) {
        int exit = commandLine(out, err).execute(args);
        if (!out.checkError()) {
            return exit;
        }
        if (!(out instanceof StandardOutput standard && standard.abandoned())) {
            err.println("Standard output could not be written to its end: its disk may be full.");
        }
        return exit == Exit.OK ? Exit.FAILED : exit;
    }

    /** @param columns of the terminal; 0 for none */
    static int helpWidth(int columns) {
        return columns == 0 ? WIDEST_HELP : Math.clamp(columns, NARROWEST_HELP, WIDEST_HELP);
    }

    static CommandLine commandLine(PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(new Session(out, err))
                .addSubcommand(new UpCommand())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new LogsCommand())
                .addSubcommand(new DownCommand())
                .addSubcommand(new UploadCommand())
                .addSubcommand(new DeployCommand())
                .addSubcommand(new PlanCommand())
                .addSubcommand(new WatchCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new MaintenanceCommand())
                .addSubcommand(new PolicyAgentCommand())
                .addSubcommand(new HistoryCommand())
                .addSubcommand(new TellCommand.Pause())
                .addSubcommand(new TellCommand.Resume())
                .addSubcommand(new TellCommand.Abort())
                .addSubcommand(new TellCommand.Promote())
                .addSubcommand(new TellCommand.RetryFailed())
                .addSubcommand(new TellCommand.RollBack())
                .addSubcommand(new MachinesCommand())
                .addSubcommand(new VersionsCommand())
                .addSubcommand(new DeleteCommand())
                .addSubcommand(new AttestCommand())
                .addSubcommand(new BoqCommand())
                .addSubcommand(new BoqKeysCommand())
                .addSubcommand(new OptOutCommand())
                .addSubcommand(new OptInCommand())
                .addSubcommand(new OptOutsCommand())
                .addSubcommand(new FreezeCommand())
                .addSubcommand(new MaintenanceWindowCommand())
                .addSubcommand(new PoliciesCommand())
                .addSubcommand(new OverridesCommand())
                .addSubcommand(new TenantsCommand())
                .addSubcommand(new RepairsCommand())
                .addSubcommand(new HealthCommand())
                .addSubcommand(new LimitsCommand())
                .addSubcommand(new TokenCommand())
                .addSubcommand(new KeysCommand())
                .addSubcommand(new CompletionCommand());
        return Converters.register(line)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(new UsageErrors())
                .setUsageHelpWidth(helpWidth(Session.columns()))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
