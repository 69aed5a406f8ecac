package dev.flotilla.cli.session;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failure in words, never with a stack trace, and gives it its exit code. */
public final class Failures implements IExecutionExceptionHandler {
    private static final int MOST_FIELDS = 20;
    private static final Pattern AND_MORE = Pattern.compile(" \\(and \\d+ more\\)$");

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Output output = ((Session) command.getCommandSpec().root().userObject()).output();
        int exit = output.json() && e instanceof RemoteProblem refused
                ? show(refused.problem(), err)
                : tell(e, line -> err.println(output.fitting(line)));
        if (System.getenv("FLOTILLA_DEBUG") != null) {
            e.printStackTrace(err);
        }
        err.flush();
        return exit;
    }

    /** For scripts, which read what is wrong with which field. */
    private static int show(Problem problem, PrintWriter err) {
        err.println(Output.json(problem));
        return Exit.REFUSED;
    }

    private static int tell(Exception e, Consumer<String> say) {
        return switch (e) {
            case CliFailure failure -> {
                say.accept(failure.getMessage());
                yield failure.exit();
            }
            case RemoteProblem refused -> {
                tell(refused.problem(), say);
                yield Exit.REFUSED;
            }
            case RemoteUnavailable unavailable -> {
                say.accept(unavailable.getMessage());
                say.accept("Is the cluster up? './flotilla status' tells, './flotilla up' starts it.");
                yield Exit.UNREACHABLE;
            }
            case InterruptedException interrupted -> {
                say.accept("interrupted");
                yield Exit.FAILED;
            }
            default -> {
                String message = e.getMessage();
                say.accept(message == null || message.isBlank() ? e.toString() : message);
                yield Exit.FAILED;
            }
        };
    }

    private static void tell(Problem problem, Consumer<String> say) {
        String title = problem.title() == null ? "Error" : problem.title();
        say.accept("Refused: " + problem.status() + " " + title);
        Moments moments = new Moments(Instant.now());
        String detail = problem.detail() == null ? "" : problem.detail();
        List<FieldError> errors = problem.errors().stream()
                .filter(error -> !saysAllOf(detail, error))
                .toList();
        String first = AND_MORE.matcher(detail).replaceFirst("");
        if (!detail.isEmpty()
                && errors.stream().noneMatch(error -> FieldLines.line(error).startsWith(first))) {
            say.accept(moments.readable(detail));
        }
        List<String> lines = FieldLines.of(errors);
        lines.stream().limit(MOST_FIELDS).forEach(line -> say.accept("  " + line));
        if (lines.size() > MOST_FIELDS) {
            say.accept("  ... and " + (lines.size() - MOST_FIELDS) + " more");
        }
    }

    /** Whether the sentence tells a person what the field's error would say again. */
    private static boolean saysAllOf(String detail, FieldError error) {
        String rejected = error.rejected();
        return error.message().equals("does not exist")
                ? rejected != null && detail.contains("'" + rejected + "'")
                : detail.contains(error.message()) && (rejected == null || detail.contains(rejected));
    }
}
