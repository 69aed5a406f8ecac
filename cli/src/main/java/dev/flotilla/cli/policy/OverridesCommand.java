package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.remote.Tokens;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code overrides}. */
@Command(
        name = "overrides",
        description =
                "Shows the emergency overrides: what lifts which policies, for whom, until when. With a word behind it: one of them.")
public final class OverridesCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    @Override
    public Integer call() {
        RulesApi rules = Remote.asOwner(session).rules();
        List<PolicyOverride.Stored> all = limit.read(rules::overrides);
        Table table = new Table("NAME", "LIFTS", "OF", "UNTIL", "HOLDER", "BY", "WHY");
        all.forEach(each -> table.row(
                each.name(),
                RuleWords.lifted(each.override()),
                RuleWords.what(each.override().selector()),
                Until.at(each.override().until()),
                each.override().holder(),
                each.changedBy(),
                each.override().reason()));
        session.output().result(all, all.isEmpty() ? Text.of("Nothing is overridden.") : table);
        limit.tell(session.output());
        return Exit.OK;
    }

    @Command(name = "show", description = "Shows one override.")
    int show(@Parameters(paramLabel = "NAME", description = "The override.") String name) {
        PolicyOverride.Stored stored = Remote.asOwner(session).rules().override(name);
        PolicyOverride override = stored.override();
        session.output()
                .result(
                        stored,
                        new Entry(name)
                                .with("Lifts", RuleWords.lifted(override))
                                .with("Of", RuleWords.what(override.selector()))
                                .with("Until", Until.of(override.until(), ""))
                                .with("Holder", override.holder())
                                .with("Why", override.reason())
                                .with("By", stored.changedBy() + ", " + Until.at(stored.changedAt())));
        return Exit.OK;
    }

    @Command(
            name = "start",
            description = {
                "Lifts policies in an emergency, for at most 7 days: what they hold back goes on.",
                "",
                "For example: ./flotilla overrides start leak --service hello --all-deferrals --until 4h --reason 'a leak'"
            })
    int start(
            @Parameters(paramLabel = "NAME", description = "A name for it, to change or end it by.") String name,
            @Mixin Where where,
            @Option(names = "--policies", paramLabel = "P", split = ",", description = "The policies that are lifted.")
                    @Nullable
                    List<String> policies,
            @Option(names = "--opt-outs", paramLabel = "O", split = ",", description = "The opt-outs that are lifted.")
                    @Nullable
                    List<String> optOuts,
            @Option(
                            names = "--all-deferrals",
                            description = "Lift all that defers: every freeze and maintenance window.")
                    boolean allDeferrals,
            @Option(
                            names = "--until",
                            paramLabel = "TIME",
                            required = true,
                            description = "When it ends by itself: 4h from now, or 2030-01-31T12:00Z.")
                    Instant until,
            @Option(names = "--holder", paramLabel = "WHO", description = "Who answers for it. Default: who runs this.")
                    @Nullable
                    String holder,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why; told wherever it is used.")
                    String reason) {
        if (policies == null && optOuts == null && !allDeferrals) {
            throw new CliFailure(Exit.USAGE, "Say what is lifted: --policies, --opt-outs or --all-deferrals.");
        }
        PolicyOverride.Stored stored = Remote.asOperator(session)
                .rules()
                .putOverride(
                        name,
                        new PolicyOverride(
                                where.selector(),
                                policies,
                                optOuts,
                                allDeferrals ? true : null,
                                reason,
                                holder == null ? Tokens.user() : holder,
                                until));
        session.output()
                .result(
                        stored,
                        "Lifted for " + RuleWords.what(stored.override().selector()) + ": "
                                + RuleWords.lifted(stored.override()) + ", until "
                                + Until.of(stored.override().until(), "") + ". './flotilla overrides end "
                                + name + "' ends that.");
        return Exit.OK;
    }

    @Command(name = "end", description = "Ends an override: what it lifted holds again.")
    int end(@Parameters(paramLabel = "NAME", description = "The override.") String name) {
        Remote remote = Remote.asOperator(session);
        remote.rules().override(name); // 404 for a misspelt one
        remote.rules().deleteOverride(name);
        session.output().result(Map.of("ended", name), "There is no override " + name + " any more.");
        return Exit.OK;
    }
}
