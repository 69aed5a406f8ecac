package dev.flotilla.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the items of this page, in the list's order
 * @param nextCursor what to pass as {@code cursor} to read on; null on the last page. Opaque to the caller.
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }
}
