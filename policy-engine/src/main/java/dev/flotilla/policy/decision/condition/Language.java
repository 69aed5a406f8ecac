package dev.flotilla.policy.decision.condition;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.checker.CelStandardDeclarations.StandardFunction.Overload.Arithmetic;
import dev.cel.common.CelOptions;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;

/**
 * CEL as far as conditions may use it. Nothing in it can grow: texts and lists can't be put together, and the macros {@code map} and
 * {@code filter}, which build lists, are left out. So what an evaluation costs follows from the text alone; see {@link Cost}.
 */
final class Language {
    static final String MACHINE = "machine";
    static final String NOW = "now";
    static final List<String> TEXTS =
            List.of("service", "version", MACHINE, "environment", "machineFunction", "faultDomain", "region", "tenant");

    private static final int MOST_ITERATIONS = 2_000;
    private static final int LARGEST_PATTERN = 2_000;
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 50;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxRegexProgramSize(LARGEST_PATTERN)
            .build();

    static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                    .filterFunctions((function, overload) -> function != StandardFunction.DYN
                            && overload != Arithmetic.ADD_STRING
                            && overload != Arithmetic.ADD_BYTES
                            && overload != Arithmetic.ADD_LIST)
                    .build())
            .setStandardMacros(CelStandardMacro.ALL, CelStandardMacro.EXISTS, CelStandardMacro.EXISTS_ONE)
            .addVarDeclarations(TEXTS.stream()
                    .map(name -> CelVarDecl.newVarDeclaration(name, SimpleType.STRING))
                    .toList())
            .addVar(NOW, SimpleType.TIMESTAMP)
            .setResultType(SimpleType.BOOL)
            .build();

    static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

    private Language() {}
}
