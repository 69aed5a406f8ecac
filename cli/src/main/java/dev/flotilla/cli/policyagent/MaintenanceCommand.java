package dev.flotilla.cli.policyagent;

import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Answer;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers.Kind;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Job;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.Step;
import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code maintenance}. */
@Command(name = "maintenance", description = "Shows the maintenance requests of a tenant, and answers one by hand.")
public final class MaintenanceCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(index = "0", paramLabel = "TENANT", description = "Whose requests.")
    @SuppressWarnings("NullAway.Init")
    private String tenant;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ANSWER",
            description = "ack, alert, delay, suspend, resume or cancel; without it they are shown.")
    private @Nullable Word word;

    @Parameters(index = "2", arity = "0..1", paramLabel = "JOB", description = "The job that is answered.")
    private @Nullable String job;

    @Option(names = "--by", paramLabel = "DURATION", description = "By how much it is delayed, such as 10m.")
    private @Nullable Duration by;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history.")
    private @Nullable String reason;

    @Option(names = "--url", paramLabel = "URL", description = "Of the policy engine. Default: the local cluster's.")
    private @Nullable URI url;

    /** Answers as they are typed. */
    enum Word {
        ACK(Kind.ACKNOWLEDGE),
        ALERT(Kind.ALERT),
        DELAY(Kind.DELAY),
        SUSPEND(Kind.SUSPEND),
        RESUME(Kind.RESUME),
        CANCEL(Kind.CANCEL);

        private final Kind kind;

        Word(Kind kind) {
            this.kind = kind;
        }
    }

    @Override
    public Integer call() {
        MaintenanceApi engine = Remote.asTenant(session, tenant).maintenance(url);
        Answers answers = new Answers(engine, tenant);
        MaintenanceDocument document = answers.document();
        if (document.incarnation() == 0 && document.jobs().isEmpty()) {
            engine.tenant(tenant); // 404 for one that is misspelt, or was never told how to be asked
        }
        if (word != null) {
            document = answers.send(answer(document, word));
        }
        session.output()
                .result(
                        document,
                        document.jobs().isEmpty() ? Text.of("Nothing is asked of " + tenant + ".") : table(document));
        return Exit.OK;
    }

    private Answer answer(MaintenanceDocument document, Word said) {
        if (job == null) {
            throw new CliFailure(Exit.USAGE, "Say which job: ./flotilla maintenance " + tenant + " ack JOB");
        }
        Step step = document.jobs().stream()
                .filter(each -> each.id().equals(job))
                .findFirst()
                .map(Job::step)
                .orElse(null);
        return new Answer(job, step == null ? null : step.ordinal(), said.kind, by, reason);
    }

    private static String why(Job job) {
        Step step = job.step();
        if (step == null || step.delayedBy() == null || step.state() != StepState.WAITING) {
            return job.reason();
        }
        return job.reason() + "; delayed by " + step.delayedBy()
                + (step.delayReason() == null ? "" : ": " + step.delayReason());
    }

    private static Table table(MaintenanceDocument document) {
        Moments moments = new Moments(InstantSource.system().instant());
        Table table = new Table("JOB", "STATE", "STEP", "ANSWER", "UNTIL", "WHY");
        for (Job job : document.jobs()) {
            Step step = job.step();
            table.row(
                    job.id(),
                    word(job.state()),
                    step == null ? "-" : step(step),
                    step == null ? "-" : word(step.state()),
                    step == null || step.state() != StepState.WAITING ? "-" : moments.at(step.deadline()),
                    moments.readable(why(job)));
        }
        return table;
    }

    private static String step(Step step) {
        return word(step.kind()) + " of " + step.faultDomain() + ": "
                + Quantities.count(step.machines().size(), "machine");
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
