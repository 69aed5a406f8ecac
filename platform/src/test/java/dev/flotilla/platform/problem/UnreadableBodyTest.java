package dev.flotilla.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.Amounts;
import dev.flotilla.api.Problem.FieldError;
import jakarta.validation.constraints.Pattern;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.http.MockHttpInputMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class UnreadableBodyTest {
    private final JacksonJsonHttpMessageConverter converter = new JacksonJsonHttpMessageConverter(strict());

    private static JsonMapper strict() {
        JsonMapper.Builder json = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        new StrictJson().customize(json);
        return json.build();
    }

    enum Colour {
        RED,
        GREEN
    }

    record Inner(@Nullable Instant until, @Nullable Integer count) {
        Inner {
            if (count != null && count < 0) {
                throw new IllegalArgumentException("count must not be below 0");
            }
        }
    }

    record Body(
            @Nullable String name,
            @Nullable Colour colour,
            @Nullable Duration every,
            @Nullable Boolean on,
            @Nullable List<Inner> inner,
            @Nullable Map<String, Long> sizes,
            @Nullable List<String> texts,
            @Nullable Must must,
            @Nullable LocalDateTime start) {}

    record Must(boolean have) {}

    record Limit(
            @Pattern(regexp = Amounts.SOME) String most,
            @Nullable @Pattern(regexp = Amounts.ANY) String least,
            @Nullable String name) {}

    @Test
    void anAmountOfMachinesMayBeANumberAndOtherTextsMayNot() {
        JsonMapper json = strict();
        assertThat(json.readValue("{\"most\":5,\"least\":null}", Limit.class)).isEqualTo(new Limit("5", null, null));
        assertThat(json.readValue("{\"most\":\"20%\",\"least\":0}", Limit.class))
                .isEqualTo(new Limit("20%", "0", null));
        assertThat(json.readValue("{\"most\":1.5,\"least\":1e9}", Limit.class))
                .as("left to the pattern, which says what is allowed")
                .isEqualTo(new Limit("1.5", "1e9", null));
        for (String wrong : List.of("{\"most\":true}", "{\"most\":[5]}", "{\"most\":{}}", "{\"most\":5,\"name\":5}")) {
            assertThatThrownBy(() -> json.readValue(wrong, Limit.class))
                    .as(wrong)
                    .isInstanceOf(JacksonException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"inner":[{"until":"soon"}]}   | inner[0].until | must be an ISO-8601 time such as 2026-01-31T12:00:00Z (line 1, column 20)
                    {"inner":[{"count":"many"}]}   | inner[0].count | must be a whole number (line 1, column 20)
                    {"inner":[{"count":1.5e99}]}   | inner[0].count | must be a whole number (line 1, column
                    {"inner":[{"count":99999999999}]} | inner[0].count | holds a number that is out of range (line 1, column
                    {"inner":[{"count":-1}]}       | inner[0]       | is not allowed: count must not be below 0 (line 1, column
                    {"inner":[7]}                  | inner[0]       | must be an object, {...} of until, count (line 1, column 11)
                    {"inner":{}}                   | inner          | must be a list (line 1, column
                    {"colour":"BLUE"}              | colour         | must be one of [RED, GREEN] (line 1, column 11)
                    {"every":"often"}              | every          | must be an ISO-8601 duration such as PT30S (line 1, column
                    {"inner":[{"until":2147483648}]} | inner[0].until | must be an ISO-8601 time
                    {"inner":[{"until":"2147483648"}]} | inner[0].until | must be an ISO-8601 time
                    {"inner":[{"until":[2026,1]}]} | inner[0].until | must be an ISO-8601 time
                    {"inner":[{"until":""}]}       | inner[0].until | must be an ISO-8601 time
                    {"inner":[{"count":1.9}]}      | inner[0].count | must be a whole number (line 1, column
                    {"inner":[{"count":"1"}]}      | inner[0].count | must be a whole number (line 1, column
                    {"inner":[{"count":""}]}       | inner[0].count | must be a whole number (line 1, column
                    {"inner":[{"count":true}]}     | inner[0].count | must be a whole number (line 1, column
                    {"sizes":{"a":1.0}}            | sizes.a        | must be a whole number (line 1, column
                    {"colour":0}                   | colour         | must be one of [RED, GREEN] (line 1, column
                    {"colour":""}                  | colour         | must be one of [RED, GREEN] (line 1, column
                    {"every":1e308}                | every          | must be an ISO-8601 duration such as PT30S (line 1, column
                    {"start":"tonight"}            | start          | must be a date and time without a zone, such as 2026-12-20T18:00 (line 1, column
                    {"every":30}                   | every          | must be an ISO-8601 duration such as PT30S (line 1, column
                    {"every":" "}                  | every          | must be an ISO-8601 duration such as PT30S (line 1, column
                    {"on":-1}                      | on             | must be true or false (line 1, column
                    {"on":"true"}                  | on             | must be true or false (line 1, column
                    {"on":""}                      | on             | must be true or false (line 1, column
                    {"must":{"have":1}}            | must.have      | must be true or false (line 1, column
                    {"name":true}                  | name           | must be a text (line 1, column
                    {"name":7}                     | name           | must be a text (line 1, column
                    {"name":7.5}                   | name           | must be a text (line 1, column
                    {"texts":["a",7]}              | texts[1]       | must be a text (line 1, column
                    {"name":"a","name":"b"}        | name           | is given twice (line 1, column
                    {"sizes":{"a":1,"a":2}}        | a              | is given twice (line 1, column
                    {"must":{}}                    | must.have      | must not be left out: it must be true or false
                    {"on":"perhaps"}               | on             | must be true or false (line 1, column
                    {"name":{"a":1}}               | name           | must be a text (line 1, column
                    {"sizes":{"a":"b"}}            | sizes.a        | must be a whole number (line 1, column
                    {"nmae":"x"}                   | nmae           | is not known here; known are [
                    []                             | body           | must be an object, {...} of name, colour, every, on, inner
                    {"name":"x"} {"name":"y"}      | body           | goes on after its end
                    {"name":                       | body           | is malformed JSON: it ends too early (line 1, column
                    {"name":"x"]                   | body           | is malformed JSON: Unexpected close marker ']': expected '}' (line 1, column
                    {"name":nonsense}              | body           | is malformed JSON: Unrecognized token 'nonsense'
                    {"inner":[{"count":NaN}]}      | body           | is malformed JSON: Non-standard token 'NaN' (line 1, column
                    {"inner":[{"count":007}]}      | body           | is malformed JSON: Invalid numeric value: Leading zeroes not allowed (line 1, column
                    """)
    void whatIsWrongAndWhereIsSaidInPlainWords(String json, String field, String message) {
        FieldError error = error(json);
        assertThat(error.field()).isEqualTo(field);
        assertThat(error.message()).contains(message);
        inPlainWords(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u0000",
                "\"",
                "{'a':1}",
                "{\"a\u0001\":1}",
                "{\"name\":\"\n\"}",
                "{,}",
                "/* x */ {}",
                "nul",
                "-",
                "{\"name\":\"\\x\"}"
            })
    void nothingNamesAClass(String json) {
        inPlainWords(error(json));
    }

    @Test
    void whatWeWriteOurselvesIsRead() {
        Body body = new Body(
                "a",
                Colour.GREEN,
                Duration.ofMillis(1500),
                true,
                List.of(new Inner(Instant.parse("2026-01-31T12:00:00.123Z"), 3)),
                Map.of("a", 1L),
                List.of(""),
                new Must(true),
                LocalDateTime.parse("2026-12-20T18:00"));
        assertThat(strict().readValue(JsonMapper.shared().writeValueAsString(body), Body.class))
                .isEqualTo(body);
        assertThat(strict().readValue("{\"every\":null,\"inner\":[{\"until\":null}]}", Body.class)
                        .every())
                .isNull();
    }

    @Test
    void limitsOfTheParserAreToldWithoutItsOptions() {
        FieldError deep = error("{\"inner\":" + "[".repeat(1200));
        inPlainWords(deep);
        FieldError number = error("{\"inner\":[{\"count\":" + "1".repeat(2000) + "}]}");
        inPlainWords(number);
        assertThat(number.message()).contains("1000");
    }

    private static void inPlainWords(FieldError error) {
        assertThat(error.field() + " " + error.message())
                .doesNotContainIgnoringCase("jackson")
                .doesNotContain("java.", "flotilla", "`", "Source", "Feature", "Exception", "Constraints", "Instant ")
                .doesNotContainPattern("\\(\\s*\\)|\\($");
    }

    private FieldError error(String json) {
        FieldError[] error = new FieldError[1];
        assertThatThrownBy(() ->
                        converter.read(Body.class, new MockHttpInputMessage(json.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(
                        HttpMessageNotReadableException.class, e -> error[0] = UnreadableBody.explain(e));
        return error[0];
    }
}
