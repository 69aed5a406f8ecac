package dev.flotilla.cli.terminal;

/** A bar of text. */
public final class ProgressBar {
    private static final int WIDTH = 30;

    private ProgressBar() {}

    /** The bar at {@code done} of {@code total}: {@code [######........]}. */
    public static String of(long done, long total) {
        int filled = total <= 0 ? 0 : (int) Math.min(WIDTH, WIDTH * done / total);
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
    }
}
