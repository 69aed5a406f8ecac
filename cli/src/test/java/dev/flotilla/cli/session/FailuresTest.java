package dev.flotilla.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.platform.client.RemoteProblem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A refusal says everything, and nothing twice. */
class FailuresTest {
    @Test
    void aFieldThatTheSentenceIsAboutIsNotToldAgain() {
        assertThat(told(404, "There is no machine 'm999'.", new FieldError("machine", "does not exist", "m999")))
                .isEqualTo("Refused: 404 Title\nThere is no machine 'm999'.\n");
    }

    @Test
    void aSentenceThatOnlyRepeatsTheFieldIsLeftOut() {
        assertThat(told(400, "id: must be like d42", new FieldError("id", "must be like d42", "x")))
                .isEqualTo("Refused: 400 Title\n  id: must be like d42 (was: x)\n");
        assertThat(told(
                        400,
                        "id: must be like d42 (and 1 more)",
                        new FieldError("id", "must be like d42", "x"),
                        new FieldError("limit", "must be above 0", "0")))
                .isEqualTo("Refused: 400 Title\n  id: must be like d42 (was: x)\n  limit: must be above 0 (was: 0)\n");
    }

    @Test
    void aSentenceAboutManyFieldsStandsAboveThem() {
        assertThat(told(
                        422,
                        "Nothing was declared: 2 machines are unknown.",
                        new FieldError("line 1", "no such machine", "m7"),
                        new FieldError("line 2", "no such machine", "m8")))
                .isEqualTo("""
                        Refused: 422 Title
                        Nothing was declared: 2 machines are unknown.
                          line 1: no such machine (was: m7)
                          line 2: no such machine (was: m8)
                        """);
    }

    @Test
    void whatIsWrongWithManyMachinesInTheSameWayIsToldOnce() {
        FieldError[] errors = IntStream.rangeClosed(61, 160)
                .mapToObj(i -> new FieldError("machines[" + i + "]", "is not known", "m" + i))
                .toArray(FieldError[]::new);
        assertThat(told(422, "939 targets are unknown. The first 100 are named.", errors))
                .isEqualTo("""
                        Refused: 422 Title
                        939 targets are unknown. The first 100 are named.
                          machines: is not known: m61..m160
                        """);
    }

    private static String told(int status, String detail, FieldError... errors) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Session(System.out, System.err)).setErr(new PrintWriter(err));
        Problem problem = new Problem(null, "Title", status, detail, null, List.of(errors));
        assertThat(new Failures()
                        .handleExecutionException(
                                new RemoteProblem("a-service", problem), command, command.parseArgs()))
                .isEqualTo(Exit.REFUSED);
        return err.toString();
    }
}
