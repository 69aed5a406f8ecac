package dev.flotilla.cli.time;

import dev.flotilla.api.upload.EvidenceKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lets the options of all commands take times and durations in one form, evidence by its word, and no empty text, and say so of what they don't take. */
public final class Converters {
    private Converters() {}

    public static CommandLine register(CommandLine line) {
        return line.registerConverter(Duration.class, saying(Durations::parse))
                .registerConverter(Instant.class, saying(text -> Times.parse(text, InstantSource.system())))
                .registerConverter(ZoneId.class, saying(Times::zone))
                .registerConverter(EvidenceKind.class, saying(Converters::kind))
                .registerConverter(String.class, saying(Converters::something));
    }

    private static EvidenceKind kind(String word) {
        return EvidenceKind.of(word)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + word + "' is neither test-result nor provenance"));
    }

    /** No name or text that a command takes can be empty. One that is comes mostly from a variable of a script that is not set. */
    private static String something(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        return text;
    }

    private static <T> ITypeConverter<T> saying(Function<String, T> reading) {
        return text -> {
            try {
                return reading.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
