package dev.flotilla.orchestrator.progress;

import dev.flotilla.orchestrator.decision.Spans;
import java.time.Duration;

/** How one tenant is asked before its machines are changed. */
sealed interface Term {
    /** It is not asked. */
    record Never() implements Term {}

    /** It is told so long ahead. */
    record Told(Duration ahead) implements Term {}

    /**
     * It must agree.
     *
     * @param goesAhead what its silence means after the deadline
     */
    record Asked(Duration deadline, boolean goesAhead) implements Term {}

    /** That can't be found out. */
    record Unknown(String trouble) implements Term {}

    /** How long it may take to answer before an impact; zero where it is not asked. */
    default Duration start() {
        return switch (this) {
            case Never never -> Duration.ZERO;
            case Told told -> told.ahead();
            case Asked asked -> asked.deadline();
            case Unknown unknown -> Duration.ZERO;
        };
    }

    /** The same after an impact, before the next begins. */
    default Duration end() {
        return this instanceof Asked asked ? asked.deadline() : Duration.ZERO;
    }

    /** True where its machines are changed at the latest when its time to answer is over. */
    default boolean ends() {
        return !(this instanceof Asked asked) || asked.goesAhead();
    }

    /** What happens before its machines are changed, in words for a person. */
    default String words(String tenant) {
        return switch (this) {
            case Never never -> "tenant " + tenant + " is asked never";
            case Told told ->
                "tenant " + tenant + " is told " + Spans.words(told.ahead())
                        + " ahead; it begins then, or as soon as it acknowledges";
            case Asked asked ->
                "tenant " + tenant + " is asked first and has " + Spans.words(asked.deadline())
                        + " to answer; its silence means "
                        + (asked.goesAhead() ? "go ahead then" : "wait on until it answers");
            case Unknown unknown -> "tenant " + tenant + " is asked first, where it wishes to be";
        };
    }
}
