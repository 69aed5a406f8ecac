package dev.flotilla.agent.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What to do next. */
public sealed interface Step {
    /** Get the bytes of the ordered release here, installed and verified. */
    record Obtain(Release release) implements Step {}

    /** The bytes are there: from now on the ordered release is what should run. */
    record BeginSwitch() implements Step {}

    /** The bytes are there, and the order permits no switch any more: they are kept for a fresh one. */
    record Lapse() implements Step {}

    /**
     * Stop what runs.
     *
     * @param unwell true where it should run and is not well, which counts as a crash; false where it must make way
     */
    record Stop(String reason, boolean unwell) implements Step {}

    record Start(Release release) implements Step {}

    /** The order is carried out. */
    record Complete() implements Step {}

    /** The order is given up. */
    record Fail(String reason) implements Step {}

    /**
     * Nothing, until something happens.
     *
     * @param until when time alone changes the decision; null where it never does
     */
    record Wait(@Nullable Instant until, String reason) implements Step {}
}
