package dev.flotilla.console.board;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.console.board.Board.Row;
import dev.flotilla.console.watch.Questions;
import dev.flotilla.console.watch.Times;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules that hold changes back, and what lifts them. */
@Component
public class PolicyBoard {
    private static final int MOST = 200;

    private final RulesApi rules;
    private final PolicyApi policies;
    private final Questions questions;
    private final InstantSource clock;

    PolicyBoard(RulesApi rules, PolicyApi policies, Questions questions, InstantSource clock) {
        this.rules = rules;
        this.policies = policies;
        this.questions = questions;
        this.clock = clock;
    }

    /** As it is now. */
    public Board look() {
        Tables tables = new Tables(questions, "policy-engine");
        Page<Policy.Stored> stored =
                tables.ask("The policies", () -> rules.policies(null, null, null, null, null, MOST, null));
        tables.add(
                "Policies",
                List.of("Name", "Effect", "Of", "When", "Until", "By", "Why"),
                items(stored),
                PolicyBoard::row,
                "There are none: nothing is frozen.",
                more(stored, "./flotilla policies --limit 1000"));
        Page<PolicyOverride.Stored> overrides = tables.ask("The overrides", () -> rules.overrides(MOST, null));
        tables.add(
                "Emergency overrides",
                List.of("Name", "Lifts", "Of", "Until", "Holder", "By", "Why"),
                items(overrides),
                PolicyBoard::row,
                "Nothing is overridden.",
                more(overrides, "./flotilla overrides --limit 1000"));
        Page<OptOut.Stored> optOuts = tables.ask("The opt-outs", () -> policies.optOuts(null, MOST, null));
        tables.add(
                "Opt-outs",
                List.of("Name", "Left alone", "Until", "By", "Since", "Why"),
                items(optOuts),
                PolicyBoard::row,
                "Nothing is opted out.",
                more(optOuts, "./flotilla opt-outs --limit 1000"));
        return tables.board("policies", "Policies", clock.instant());
    }

    private static Row row(Policy.Stored stored) {
        Policy policy = stored.policy();
        return Row.of(
                stored.name(),
                Tables.word(policy.effect()),
                RuleWords.what(policy.selector()),
                RuleWords.when(policy),
                policy.until() == null ? "it is deleted" : Times.dated(policy.until()),
                stored.changedBy(),
                policy.reason());
    }

    private static Row row(PolicyOverride.Stored stored) {
        PolicyOverride override = stored.override();
        return Row.of(
                stored.name(),
                RuleWords.lifted(override),
                RuleWords.what(override.selector()),
                Tables.at(override.until(), ""),
                override.holder(),
                stored.changedBy(),
                override.reason());
    }

    private static Row row(OptOut.Stored stored) {
        OptOut optOut = stored.optOut();
        return Row.of(
                stored.name(),
                RuleWords.what(optOut),
                optOut.until() == null ? "it is ended" : Times.dated(optOut.until()),
                stored.createdBy(),
                Tables.at(stored.createdAt(), ""),
                optOut.reason());
    }

    private static <T> @Nullable List<T> items(@Nullable Page<T> page) {
        return page == null ? null : page.items();
    }

    private static @Nullable String more(@Nullable Page<?> page, String command) {
        return page == null || page.nextCursor() == null ? null : command;
    }
}
