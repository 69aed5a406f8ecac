package dev.flotilla.cli.policyagent;

import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code policy-agent}. */
@Command(
        name = "policy-agent",
        description = {
            "Answers the maintenance requests of a tenant by rule, until it is stopped. Started again it goes on where it was.",
            "Run one for each tenant.",
            "",
            "For example: ./flotilla policy-agent --tenant shop --approve command ./drain.sh --check ./check.sh",
            "",
            "A CMD finds FLOTILLA_JOB, _STEP, _KIND, _SERVICE, _VERSION, _FAULT_DOMAIN, _MACHINES and _DEADLINE in its environment.",
            ""
        })
public final class PolicyAgentCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "Whose requests.")
    @SuppressWarnings("NullAway.Init")
    private String tenant;

    @Option(
            names = "--approve",
            paramLabel = "RULE",
            arity = "1..3",
            hideParamSyntax = true,
            defaultValue = "by-hand",
            description = {
                "always",
                "by-hand: shows what waits; 'maintenance' answers it",
                "hours 22:00-04:00 Europe/Berlin",
                "command 'CMD': drains; run again until it exits with 0",
                "delay 10m: delays, and acknowledges after that",
                "What a person delayed waits until then by any rule.",
                "Default: by-hand."
            })
    @SuppressWarnings("NullAway.Init")
    private List<String> approve;

    @Option(
            names = "--check",
            paramLabel = "CMD",
            description =
                    "Run after each impact: exit 0 acknowledges, anything else raises an alert. Without it the rule of --approve answers, and command and delay acknowledge at once.")
    private @Nullable String check;

    @Option(names = "--url", paramLabel = "URL", description = "Of the policy engine. Default: the local cluster's.")
    private @Nullable URI url;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "Where it remembers what it has decided, for one agent at a time. Default: policy-agent/TENANT in the data folder.")
    private @Nullable Path state;

    @Override
    public Integer call() throws Exception {
        Rule starts = Rules.parse(approve);
        Rule ends = check == null ? Rules.end(approve) : Rules.check(check);
        MaintenanceApi engine = Remote.asTenant(session, tenant).maintenance(url);
        Answers answers = new Answers(engine, tenant);
        Path file = state == null ? session.data().resolve("policy-agent").resolve(tenant) : state;
        PolicyAgent.Pace pace =
                new PolicyAgent.Pace(Duration.ofSeconds(30), Duration.ofSeconds(5), InstantSource.system(), this::log);
        try (StateLock only = StateLock.take(file)) {
            warn(engine);
            log("Answering for the tenant " + tenant + ": " + String.join(" ", approve));
            new PolicyAgent(answers, starts, ends, new Decided(file), pace).run();
        }
        return Exit.OK;
    }

    /** A name that is misspelt is waited for in vain. An engine that gives no answer now is asked again by the agent. */
    private void warn(MaintenanceApi engine) {
        try {
            if (engine.tenants(List.of(tenant), 1, null).items().isEmpty()) {
                log("The tenant " + tenant + " has no settings, so nothing is asked of it: is the name right?"
                        + " './flotilla tenants set " + tenant + " --ask approve' gives it some.");
            }
        } catch (RemoteUnavailable | RemoteProblem e) {
            log("Whether the tenant " + tenant + " has settings is not known: " + e.getMessage());
        }
    }

    private void log(String line) {
        session.output().note(new Moments(InstantSource.system().instant()).dated() + " " + line);
    }
}
