package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.Revision;
import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code policies}. */
@Command(
        name = "policies",
        subcommands = TryCommand.class,
        description =
                "Shows the policies: freezes, maintenance windows, and what else holds changes back. With a word behind it: one of them.")
public final class PoliciesCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    Session session() {
        return session;
    }

    @Override
    public Integer call() {
        RulesApi rules = Remote.asOwner(session).rules();
        List<Policy.Stored> all =
                limit.read((size, cursor) -> rules.policies(null, null, null, null, null, size, cursor));
        Table table = new Table("NAME", "EFFECT", "OF", "WHEN", "UNTIL", "BY", "WHY");
        all.forEach(each -> table.row(
                each.name(),
                effect(each.policy()),
                RuleWords.what(each.policy().selector()),
                RuleWords.when(each.policy()),
                each.policy().until() == null ? "-" : Until.at(each.policy().until()),
                each.changedBy(),
                each.policy().reason()));
        session.output().result(all, all.isEmpty() ? Text.of("There are no policies.") : table);
        limit.tell(session.output());
        return Exit.OK;
    }

    private static String effect(Policy policy) {
        return policy.effect().name().toLowerCase(Locale.ROOT);
    }

    @Command(name = "show", description = "Shows one policy.")
    int show(@Parameters(paramLabel = "NAME", description = "The policy.") String name) {
        Policy.Stored stored = Remote.asOwner(session).rules().policy(name);
        Policy policy = stored.policy();
        session.output()
                .result(
                        stored,
                        new Entry(name)
                                .with("Effect", effect(policy))
                                .with("Of", RuleWords.what(policy.selector()))
                                .with("When", RuleWords.when(policy))
                                .with("Until", Until.of(policy.until(), "it is deleted"))
                                .with("Why", policy.reason())
                                .with("By", stored.changedBy() + ", " + Until.at(stored.changedAt())));
        return Exit.OK;
    }

    @Command(
            name = "put",
            description = {
                "Adds a policy, or changes the one of that name.",
                "",
                "For example: ./flotilla policies put no-candidates --all --effect deny --if 'version.contains(\"-rc\")'",
                "             --reason 'releases only'"
            })
    int put(
            @Parameters(paramLabel = "NAME", description = "A name for it, to change or delete it by.") String name,
            @Mixin Where where,
            @Option(
                            names = "--effect",
                            paramLabel = "EFFECT",
                            description = "deny, defer (not now: ask again) or allow.")
                    @Nullable
                    Effect effect,
            @Option(names = "--if", paramLabel = "CEL", description = "A condition, in CEL. Default: always.") @Nullable
                    String condition,
            @Option(
                            names = "--until",
                            paramLabel = "TIME",
                            description = "When it ends by itself: 2030-01-31T12:00Z, or 4h from now. Default: never.")
                    @Nullable
                    Instant until,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why; told to whoever waits.") @Nullable
                    String reason,
            @Option(names = "--may-match-nothing", description = "Take it though what it names is not there yet.")
                    boolean mayMatchNothing,
            @Option(
                            names = "--file",
                            paramLabel = "F",
                            description =
                                    "All of it as the API takes it, in JSON, with schedules of any kind; - for standard input.")
                    @Nullable
                    Path file) {
        Policy policy = new PolicyInput(where, effect, condition, until, reason, mayMatchNothing, file).policy();
        Policy.Stored stored = Remote.asOperator(session).rules().putPolicy(name, policy);
        session.output()
                .result(
                        stored,
                        "Stored: " + effect(policy) + " " + RuleWords.what(policy.selector()) + ", "
                                + RuleWords.when(policy) + ". './flotilla policies delete " + name + "' ends that.");
        return Exit.OK;
    }

    @Command(
            name = "delete",
            description = "Deletes a policy, a freeze or a maintenance window: what it held back goes on.")
    int delete(@Parameters(paramLabel = "NAME", description = "The policy.") String name) {
        Remote remote = Remote.asOperator(session);
        remote.rules().policy(name); // 404 for a misspelt one
        remote.rules().deletePolicy(name);
        session.output().result(Map.of("deleted", name), "There is no policy " + name + " any more.");
        return Exit.OK;
    }

    @Command(
            name = "history",
            description = "Shows who changed policies, opt-outs and overrides when, the latest first.")
    int history(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "Of this one only.") @Nullable String name,
            @Mixin Limit most) {
        RulesApi rules = Remote.asOwner(session).rules();
        List<Revision> all = most.read((size, cursor) -> rules.revisions(null, name, size, cursor));
        Table table = new Table("REVISION", "WHEN", "WHO", "DID", "WHAT", "NAME", "WHY");
        all.forEach(each -> table.row(
                each.revision(),
                Until.at(each.at()),
                each.by(),
                each.before() == null ? "add" : each.after() == null ? "end" : "change",
                each.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                each.name(),
                each.after() == null ? "" : each.after().getOrDefault("reason", "")));
        session.output().result(all, all.isEmpty() ? Text.of("Nothing was ever changed.") : table);
        most.tell(session.output());
        return Exit.OK;
    }
}
