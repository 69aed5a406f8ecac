package dev.flotilla.cli.session;

import dev.flotilla.api.Problem;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failure in words, never with a stack trace, and gives it its exit code. */
public final class Failures implements IExecutionExceptionHandler {
    private static final int MOST_FIELDS = 20;

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        int exit = tell(e, err);
        if (System.getenv("FLOTILLA_DEBUG") != null) {
            e.printStackTrace(err);
        }
        err.flush();
        return exit;
    }

    private static int tell(Exception e, PrintWriter err) {
        return switch (e) {
            case CliFailure failure -> {
                err.println(failure.getMessage());
                yield failure.exit();
            }
            case RemoteProblem refused -> {
                tell(refused.problem(), err);
                yield Exit.REFUSED;
            }
            case RemoteUnavailable unavailable -> {
                err.println(unavailable.getMessage());
                err.println("Is the cluster up? './flotilla status' tells, './flotilla up' starts it.");
                yield Exit.UNREACHABLE;
            }
            case InterruptedException interrupted -> {
                err.println("interrupted");
                yield Exit.FAILED;
            }
            default -> {
                String message = e.getMessage();
                err.println(message == null || message.isBlank() ? e.toString() : message);
                yield Exit.FAILED;
            }
        };
    }

    private static void tell(Problem problem, PrintWriter err) {
        String title = problem.title() == null ? "Error" : problem.title();
        err.println("Refused: " + problem.status() + " " + title);
        if (problem.detail() != null) {
            err.println(problem.detail());
        }
        problem.errors().stream()
                .limit(MOST_FIELDS)
                .forEach(field -> err.println("  " + field.field() + ": " + field.message()
                        + (field.rejected() == null ? "" : " (was: " + field.rejected() + ")")));
        if (problem.errors().size() > MOST_FIELDS) {
            err.println("  ... and " + (problem.errors().size() - MOST_FIELDS) + " more");
        }
    }
}
