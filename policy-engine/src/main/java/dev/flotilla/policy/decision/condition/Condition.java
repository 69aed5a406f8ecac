package dev.flotilla.policy.decision.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.flotilla.policy.decision.Change;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A condition that was checked: it is of type bool, names only what there is, and costs no more than {@value #MOST_NODES} nodes. */
public final class Condition {
    static final long MOST_NODES = 2_000;

    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;
    private final Cost.Bound cost;

    private Condition(CelAbstractSyntaxTree tree, CelRuntime.Program program, Cost.Bound cost) {
        this.tree = tree;
        this.program = program;
        this.cost = cost;
    }

    /** Checks a text. */
    public static Condition parse(String text) throws ConditionMistake {
        try {
            CelAbstractSyntaxTree tree = Language.COMPILER.compile(text).getAst();
            Cost.Bound cost = Cost.of(tree.getExpr());
            if (cost.nodes() > MOST_NODES) {
                throw new ConditionMistake(
                        1,
                        1,
                        "it costs too much: an evaluation may visit " + MOST_NODES
                                + " nodes, and this one takes up to " + cost.nodes()
                                + "; loop over less, or fewer times inside one another");
            }
            return new Condition(tree, Language.RUNTIME.createProgram(tree), cost);
        } catch (CelValidationException e) {
            throw mistake(e);
        } catch (CelEvaluationException e) {
            throw new ConditionMistake(1, 1, said(e));
        }
    }

    /** Checks a text that is new: also that no constant in it spoils it, which would only show when it is asked. */
    public static Condition parseNew(String text) throws ConditionMistake {
        Condition condition = parse(text);
        Constants.check(condition.tree);
        return condition;
    }

    private static ConditionMistake mistake(CelValidationException e) {
        return e.getErrors().stream()
                .findFirst()
                .map(Condition::mistake)
                .orElseGet(() -> new ConditionMistake(1, 1, said(e)));
    }

    private static ConditionMistake mistake(CelIssue issue) {
        return new ConditionMistake(
                Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(0, issue.getSourceLocation().getColumn()) + 1,
                issue.getMessage().replace(" (in container '')", ""));
    }

    /** Whether it holds for a change at a moment. */
    public boolean holds(Change change, Instant now) throws ConditionFailed {
        try {
            return Boolean.TRUE.equals(program.eval(variables(change, now)));
        } catch (CelEvaluationException e) {
            throw new ConditionFailed(said(e));
        }
    }

    private static Map<String, Object> variables(Change change, Instant now) {
        Map<String, Object> variables = new HashMap<>(16);
        variables.put("service", change.service());
        variables.put("version", change.version());
        variables.put(Language.MACHINE, change.subject().machine());
        variables.put("environment", change.subject().environment());
        variables.put("machineFunction", change.subject().machineFunction());
        variables.put("faultDomain", change.subject().faultDomain());
        variables.put("region", change.subject().region());
        variables.put("tenant", Objects.requireNonNullElse(change.subject().tenant(), ""));
        variables.put(Language.NOW, now);
        return variables;
    }

    private static String said(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }

    /** Nodes that one evaluation visits at most. */
    public long cost() {
        return cost.nodes();
    }

    /** Whether machines that share everything but their name may be answered differently. */
    public boolean readsMachine() {
        return cost.names().contains(Language.MACHINE);
    }

    /** Whether it may be answered differently later. */
    public boolean readsNow() {
        return cost.names().contains(Language.NOW);
    }
}
