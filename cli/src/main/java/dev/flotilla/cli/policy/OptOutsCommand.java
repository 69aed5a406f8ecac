package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code opt-outs}. */
@Command(name = "opt-outs", description = "Shows what is opted out of changes, and why.")
public final class OptOutsCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    @Override
    public Integer call() {
        PolicyApi policies = Remote.asOwner(session).policies();
        List<OptOut.Stored> all = limit.read((size, cursor) -> policies.optOuts(null, size, cursor));
        session.output().result(all, all.isEmpty() ? Text.of("Nothing is opted out.") : table(all));
        limit.tell(session.output());
        return Exit.OK;
    }

    private static Table table(List<OptOut.Stored> all) {
        Table table = new Table("NAME", "LEFT ALONE", "UNTIL", "BY", "WHY");
        all.forEach(each -> table.row(
                each.name(),
                RuleWords.what(each.optOut()),
                each.optOut().until() == null ? "-" : Until.at(each.optOut().until()),
                each.createdBy(),
                each.optOut().reason()));
        return table;
    }

    static String until(OptOut optOut) {
        return "until " + Until.of(optOut.until(), "you end it");
    }
}
