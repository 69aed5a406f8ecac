package dev.flotilla.api.device;

import dev.flotilla.api.PlaceName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Two regions that back each other up and are never changed at the same time.
 *
 * @param regions two, by name
 */
public record RegionPair(String name, List<String> regions) {

    /**
     * What a pair is made of.
     *
     * @param regions two different ones; they need not have machines yet
     */
    public record Regions(@NotNull @Size(min = 2, max = 2) List<@NotNull @PlaceName String> regions) {}
}
