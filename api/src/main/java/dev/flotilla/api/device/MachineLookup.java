package dev.flotilla.api.device;

import java.util.List;

/**
 * Which of the asked machines are known.
 *
 * @param machines the known ones, in the order asked
 * @param unknown the names that no machine has, in the order asked
 */
public record MachineLookup(List<Machine> machines, List<String> unknown) {

    /**
     * The question.
     *
     * @param names at most 100,000
     */
    public record Request(
            @jakarta.validation.constraints.NotNull @jakarta.validation.constraints.Size(max = 100_000)
            List<String> names) {}
}
