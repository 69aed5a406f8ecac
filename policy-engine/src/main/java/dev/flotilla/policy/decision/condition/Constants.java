package dev.flotilla.policy.decision.condition;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what no input can make right, by trying it: parts of a condition that hang on nothing but constants, such as {@code 1/0}, and constants
 * that spoil the call they are given to, whatever it is called on: a pattern for {@code matches}, a time zone, a divisor.
 */
final class Constants {
    private static final Pattern POSITION = Pattern.compile("^evaluation error[^:]*(:\\d+)?(:\\d+)?: ");

    private final CelAbstractSyntaxTree tree;

    private Constants(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    /** A mistake with its position, where there is one. */
    static void check(CelAbstractSyntaxTree tree) throws ConditionMistake {
        new Constants(tree).check(tree.getExpr());
    }

    private void check(CelExpr expression) throws ConditionMistake {
        for (CelExpr part : parts(expression)) {
            check(part);
        }
        switch (expression.exprKind().getKind()) {
            case CALL -> {
                CelExpr tried = constant(expression, Set.of()) ? expression : onSample(expression);
                if (tried != null) {
                    evaluate(tried, expression.id());
                }
            }
            case COMPREHENSION -> {
                if (constant(expression, Set.of())) {
                    evaluate(expression, expression.id());
                }
            }
            case CONSTANT, IDENT, SELECT, LIST, STRUCT, MAP, NOT_SET -> {}
        }
    }

    private void evaluate(CelExpr expression, long where) throws ConditionMistake {
        CelAbstractSyntaxTree alone = CelAbstractSyntaxTree.newCheckedAst(
                expression, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap());
        try {
            Language.RUNTIME.createProgram(alone).eval(Map.of(Language.NOW, Instant.EPOCH));
        } catch (CelEvaluationException e) {
            CelSourceLocation place = Optional.ofNullable(
                            tree.getSource().getPositionsMap().get(where))
                    .flatMap(tree.getSource()::getOffsetLocation)
                    .orElse(CelSourceLocation.of(1, 0));
            throw new ConditionMistake(
                    place.getLine(),
                    place.getColumn() + 1,
                    "this can't be evaluated, whatever is asked: "
                            + POSITION.matcher(Objects.requireNonNullElse(e.getMessage(), "it fails"))
                                    .replaceFirst("")
                                    .replace("/ by zero", "division by zero"));
        }
    }

    /** The call with something harmless in the place of what it is called on; null where that says nothing. */
    private @Nullable CelExpr onSample(CelExpr expression) {
        CelCall call = expression.call();
        List<CelExpr> operands = operands(call);
        boolean spoilt = switch (call.function()) {
            case "matches", "_/_", "_%_" -> true;
            default -> call.function().startsWith("get");
        };
        if (!spoilt
                || operands.size() < 2
                || !operands.stream().skip(1).allMatch(operand -> constant(operand, Set.of()))) {
            return null;
        }
        return sample(operands.getFirst())
                .map(sample -> call.target().isPresent()
                        ? CelExpr.ofCall(expression.id(), Optional.of(sample), call.function(), call.args())
                        : CelExpr.ofCall(
                                expression.id(),
                                Optional.empty(),
                                call.function(),
                                ImmutableList.<CelExpr>builder()
                                        .add(sample)
                                        .addAll(operands.subList(1, operands.size()))
                                        .build()))
                .orElse(null);
    }

    private Optional<CelExpr> sample(CelExpr operand) {
        CelType type = tree.getType(operand.id()).orElse(SimpleType.ANY);
        if (type.equals(SimpleType.STRING)) {
            return Optional.of(CelExpr.ofConstant(operand.id(), CelConstant.ofValue("")));
        }
        if (type.equals(SimpleType.INT)) {
            return Optional.of(CelExpr.ofConstant(operand.id(), CelConstant.ofValue(1L)));
        }
        boolean now = operand.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                && operand.ident().name().equals(Language.NOW);
        return now ? Optional.of(operand) : Optional.empty();
    }

    /** Whether no variable is read, those aside that a loop inside of it binds itself. */
    private static boolean constant(CelExpr expression, Set<String> bound) {
        return switch (expression.exprKind().getKind()) {
            case CONSTANT -> true;
            case IDENT -> bound.contains(expression.ident().name());
            case CALL, SELECT, LIST, MAP, STRUCT -> parts(expression).stream().allMatch(part -> constant(part, bound));
            case COMPREHENSION -> {
                Set<String> within = new HashSet<>(bound);
                within.add(expression.comprehension().iterVar());
                within.add(expression.comprehension().accuVar());
                yield parts(expression).stream().allMatch(part -> constant(part, within));
            }
            case NOT_SET -> false;
        };
    }

    private static List<CelExpr> parts(CelExpr expression) {
        List<CelExpr> parts = new ArrayList<>();
        switch (expression.exprKind().getKind()) {
            case CALL -> parts.addAll(operands(expression.call()));
            case SELECT -> parts.add(expression.select().operand());
            case LIST -> parts.addAll(expression.list().elements());
            case MAP ->
                expression.map().entries().forEach(entry -> {
                    parts.add(entry.key());
                    parts.add(entry.value());
                });
            case STRUCT -> expression.struct().entries().forEach(entry -> parts.add(entry.value()));
            case COMPREHENSION -> {
                CelComprehension loop = expression.comprehension();
                parts.addAll(List.of(
                        loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep(), loop.result()));
            }
            case CONSTANT, IDENT, NOT_SET -> {}
        }
        return parts;
    }

    private static List<CelExpr> operands(CelCall call) {
        List<CelExpr> operands = new ArrayList<>(call.args());
        call.target().ifPresent(operands::addFirst);
        return operands;
    }
}
