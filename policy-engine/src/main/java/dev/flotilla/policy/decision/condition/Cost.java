package dev.flotilla.policy.decision.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one evaluation costs at most, in visited nodes, and which variables it reads. An upper bound from the text alone: a loop goes over a list
 * that is written out, or over an element of one, and so at most over all elements of all lists.
 */
final class Cost {
    /** For matching a pattern, which may be long. */
    private static final long PATTERN = 50;

    private final Set<String> names = new HashSet<>();
    private final long elements;

    private Cost(long elements) {
        this.elements = elements;
    }

    /** @param names every identifier in it */
    record Bound(long nodes, Set<String> names) {}

    static Bound of(CelExpr expression) {
        Cost cost = new Cost(elements(expression));
        return new Bound(cost.nodes(expression), Set.copyOf(cost.names));
    }

    private long nodes(CelExpr expression) {
        long own = switch (expression.exprKind().getKind()) {
            case IDENT -> {
                names.add(expression.ident().name());
                yield 1;
            }
            case CALL -> expression.call().function().equals("matches") ? PATTERN : 1;
            case COMPREHENSION -> loop(expression.comprehension());
            case CONSTANT, SELECT, LIST, STRUCT, MAP, NOT_SET -> 1;
        };
        return children(expression).mapToLong(this::nodes).reduce(own, Cost::plus);
    }

    private long loop(CelComprehension loop) {
        long once = plus(nodes(loop.loopCondition()), nodes(loop.loopStep()));
        long times = switch (loop.iterRange().exprKind().getKind()) {
            case LIST -> loop.iterRange().list().elements().size();
            case MAP -> loop.iterRange().map().entries().size();
            case CONSTANT, IDENT, SELECT, CALL, STRUCT, COMPREHENSION, NOT_SET -> elements;
        };
        return times == 0 || once <= Long.MAX_VALUE / times ? Math.max(1, once * times) : Long.MAX_VALUE;
    }

    private static long elements(CelExpr expression) {
        long own = switch (expression.exprKind().getKind()) {
            case LIST -> expression.list().elements().size();
            case MAP -> expression.map().entries().size();
            case CONSTANT, IDENT, SELECT, CALL, STRUCT, COMPREHENSION, NOT_SET -> 0;
        };
        Stream<CelExpr> inside = children(expression);
        if (expression.exprKind().getKind() == CelExpr.ExprKind.Kind.COMPREHENSION) {
            CelComprehension loop = expression.comprehension();
            inside = Stream.concat(inside, Stream.of(loop.loopCondition(), loop.loopStep()));
        }
        return inside.mapToLong(Cost::elements).sum() + own;
    }

    /** What is evaluated once; of a loop without its body. */
    private static Stream<CelExpr> children(CelExpr expression) {
        return switch (expression.exprKind().getKind()) {
            case CALL -> Stream.concat(expression.call().target().stream(), expression.call().args().stream());
            case SELECT -> Stream.of(expression.select().operand());
            case LIST -> expression.list().elements().stream();
            case MAP -> expression.map().entries().stream().flatMap(entry -> Stream.of(entry.key(), entry.value()));
            case STRUCT -> expression.struct().entries().stream().map(CelExpr.CelStruct.Entry::value);
            case COMPREHENSION -> {
                CelComprehension loop = expression.comprehension();
                yield List.of(loop.iterRange(), loop.accuInit(), loop.result()).stream();
            }
            case CONSTANT, IDENT, NOT_SET -> Stream.empty();
        };
    }

    private static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
