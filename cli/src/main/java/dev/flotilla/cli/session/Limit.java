package dev.flotilla.cli.session;

import dev.flotilla.api.Page;
import dev.flotilla.cli.terminal.Output;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much of a list is shown; that there is more is said. */
public final class Limit {
    private static final int PAGE = 1000;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            converter = AtLeastOne.class,
            description = "How many at most. Default: 1000.")
    private int limit;

    private boolean more;

    /** Reads how many. */
    static final class AtLeastOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("0*[1-9][0-9]{0,8}")) {
                throw new TypeConversionException("'" + text + "' is no number from 1 to 999999999");
            }
            return Integer.valueOf(text);
        }
    }

    /** A list that is answered page by page. */
    @FunctionalInterface
    public interface Pages<T> {
        /** The page of so many that begins at the cursor; null for the first. */
        Page<T> page(int size, @Nullable String cursor);
    }

    /** The list to its end, or as far as it is to be shown. */
    public <T> List<T> read(Pages<T> pages) {
        List<T> items = new ArrayList<>();
        String cursor = null;
        do {
            Page<T> page = pages.page(Math.min(PAGE, limit - items.size()), cursor);
            items.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null && items.size() < limit);
        more |= cursor != null;
        return items;
    }

    /** As many of them as are to be shown. */
    public <T> List<T> first(List<T> all) {
        more |= all.size() > limit;
        return all.subList(0, Math.min(all.size(), limit));
    }

    /** Whether there is more than what was read. */
    public boolean more() {
        return more;
    }

    /** Says where there is more than what was shown. */
    public void tell(Output output) {
        if (more) {
            output.note("There are more: --limit shows more than " + limit + ".");
        }
    }
}
