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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A refusal says everything, and nothing twice. */
class FailuresTest {
    @Test
    void aFieldThatTheSentenceIsAboutIsNotToldAgain() {
        assertThat(told(404, "There is no machine 'm999'.", new FieldError("machine", "does not exist", "m999")))
                .isEqualTo("Refused: 404 Title\nThere is no machine 'm999'.\n");
    }

    @Test
    void aMomentInASentenceDoesNotHaveItsFieldToldAgain() {
        String passed = "its deadline passed at 2026-11-22T12:10:00Z";
        assertThat(told(422, "It can't be: step 1 is too late, " + passed + ".", new FieldError("step", passed, "1")))
                .startsWith("Refused: 422 Title\nIt can't be: step 1 is too late, its deadline passed at 22 Nov 2026 ")
                .hasLineCount(2);
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

    @Test
    void scriptsGetTheProblemAsItWasAnswered() {
        JsonNode told = JsonMapper.shared()
                .readTree(told(
                        List.of("--output", "json"),
                        409,
                        "at 2026-11-23T03:00:00Z",
                        new FieldError("id", "is taken", "x")));
        assertThat(told.get("status").asInt()).isEqualTo(409);
        assertThat(told.get("detail").asString()).isEqualTo("at 2026-11-23T03:00:00Z");
        assertThat(told.get("errors").get(0).get("field").asString()).isEqualTo("id");
    }

    private static String told(int status, String detail, FieldError... errors) {
        return told(List.of(), status, detail, errors);
    }

    private static String told(List<String> options, int status, String detail, FieldError... errors) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Session(System.out, System.err)).setErr(new PrintWriter(err));
        CommandLine.ParseResult parsed = command.parseArgs(options.toArray(String[]::new));
        Problem problem = new Problem(null, "Title", status, detail, null, List.of(errors));
        assertThat(new Failures().handleExecutionException(new RemoteProblem("a-service", problem), command, parsed))
                .isEqualTo(Exit.REFUSED);
        return err.toString();
    }
}
