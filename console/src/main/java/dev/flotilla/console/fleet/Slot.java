package dev.flotilla.console.fleet;

/**
 * How a version looks: a colour and pattern, and a letter for those who can't tell the colours apart.
 *
 * @param number from 0; the colours repeat with another pattern
 * @param letter one letter, unique among the versions shown together
 * @param css the classes that give it colour and pattern
 */
public record Slot(int number, String letter, String css) {
    static final int COLOURS = 8;
    static final int MOST = 24;

    /** For versions beyond those that can be told apart. */
    static final Slot OTHER = new Slot(MOST, "+", "slot other");

    /** For machines that have no version. */
    static final Slot NONE = new Slot(-1, "\u2013", "slot none");

    static Slot of(int number) {
        String pattern = switch (number / COLOURS) {
            case 0 -> "";
            case 1 -> " stripes";
            default -> " dots";
        };
        return new Slot(number, String.valueOf((char) ('A' + number)), "slot c" + number % COLOURS + pattern);
    }
}
